using System.Diagnostics;
using LiveFeed.EndToEnd.Tests.Newsrooms;

namespace LiveFeed.EndToEnd.Tests.Commands;

/// <summary>The command line as an operator runs it: a process of its own, with the environment of the server.</summary>
public sealed class Livefeed(IReadOnlyDictionary<string, string> environment)
{
    /// <summary>Where the newsroom's servers are, with its admin key.</summary>
    public static Livefeed At(Newsroom newsroom) => new(new Dictionary<string, string>(
        newsroom.Settings.Select(setting => KeyValuePair.Create(setting.Key.Replace(":", "__", StringComparison.Ordinal), setting.Value)))
    {
        ["LIVEFEED_SERVER"] = newsroom.Desk.BaseAddress!.ToString(),
        ["LIVEFEED_KEY"] = Newsroom.AdminKey,
    });

    /// <summary>The same with other values.</summary>
    public Livefeed With(string name, string value) => new(new Dictionary<string, string>(environment) { [name] = value });

    /// <summary>Runs a command to its end.</summary>
    public async Task<Ran> RunAsync(string[] arguments, string? input = null)
    {
        await using var running = Start(arguments);
        var process = running.Process;
        await process.StandardInput.WriteAsync(input ?? "");
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(1));
        return new Ran(process.ExitCode, await output, await errors);
    }

    /// <summary>Starts a command that goes on until it is ended.</summary>
    public Running Start(string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "LiveFeed.Server.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new Running(Process.Start(start)!);
    }

    /// <summary>A command that runs; it has ended when this is disposed of, however the test ends.</summary>
    public sealed class Running(Process process) : IAsyncDisposable
    {
        public Process Process => process;

        /// <summary>Ends it without warning.</summary>
        public async Task KillAsync()
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        public async ValueTask DisposeAsync()
        {
            await KillAsync();
            process.Dispose();
        }
    }

    /// <summary>What a command said, and its exit code: 0 done, 1 refused or failed, 2 wrong usage.</summary>
    public sealed record Ran(int Code, string Output, string Errors)
    {
        public string Done()
        {
            Assert.True(Code == 0, $"Exit code {Code}: {Errors}");
            return Output;
        }

        public void Failed(int code, string why)
        {
            Assert.True(Code == code, $"Exit code {Code}: {Output}{Errors}");
            Assert.Contains(why, Errors, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", Errors, StringComparison.Ordinal);
            Assert.True(code != 1 || Errors.TrimEnd().Split('\n').Length == 1, $"More than a sentence: {Errors}");
            Assert.Empty(Output);
        }
    }
}
