using System.Diagnostics;

namespace LiveFeed.Testing;

/// <summary>A server as a process of this machine, with a directory of its own, in the care of <c>guard.sh</c>.</summary>
internal sealed class LocalHost : ServerHost
{
    private static readonly string Guard = ReadGuard();

    private readonly Dictionary<string, string> environment = [];
    private Process? guard;
    private bool asked;

    /// <summary>Makes the directory.</summary>
    /// <param name="name">What the server is called in the directory's name.</param>
    public LocalHost(string name) => Directory = System.IO.Directory.CreateTempSubdirectory($"livefeed-test-{name}-").FullName;

    /// <summary>All that the server keeps, removed with it.</summary>
    public string Directory { get; }

    /// <summary>The program and its arguments.</summary>
    public IReadOnlyList<string> Command { get; set; } = [];

    /// <summary>Which signal asks the server to end in order.</summary>
    public string StopSignal { get; init; } = "TERM";

    /// <summary>Set for the server and for what runs beside it, in the place of all that begins alike in this process's environment.</summary>
    public IDictionary<string, string> Environment => environment;

    /// <summary>True on Linux, which the guard needs, when <paramref name="program"/> was found.</summary>
    public static bool CanRun(string? program) => OperatingSystem.IsLinux() && program is not null;

    /// <summary>The first of <paramref name="places"/> that is there, then the one on the PATH; null when it isn't installed.</summary>
    public static string? Find(string program, params string[] places) =>
        places.Concat((System.Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append("/usr/sbin").Append("/usr/local/sbin"))
            .Where(place => place.Length > 0)
            .Select(place => Path.Combine(place, program))
            .FirstOrDefault(File.Exists);

    /// <inheritdoc/>
    public override bool Failed => !asked && guard is { HasExited: true };

    /// <inheritdoc/>
    public override Task StartAsync()
    {
        asked = false;
        guard?.Dispose();
        // A session of its own: what kills the tests' whole process group doesn't kill the one that cleans up.
        var start = Start(["setsid", "bash", "-c", Guard, "guard", Directory, .. Command]);
        start.RedirectStandardInput = true;
        guard = Process.Start(start)!;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task KillAsync() => AskAsync("kill");

    /// <inheritdoc/>
    public override Task StopAsync() => AskAsync($"stop {StopSignal}");

    /// <inheritdoc/>
    public override async Task<string> LogAsync()
    {
        var log = Path.Combine(Directory, "server.log");
        return File.Exists(log) ? string.Join('\n', (await File.ReadAllLinesAsync(log)).TakeLast(40)) : "";
    }

    /// <inheritdoc/>
    public override async Task<string> RunAsync(params string[] command)
    {
        var start = Start(command);
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException($"{string.Join(' ', command)} failed ({process.ExitCode}).\n{await output}{await errors}");
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        asked = true;
        if (guard is not null)
        {
            guard.StandardInput.Close();
            await guard.WaitForExitAsync();
            guard.Dispose();
            guard = null;
        }

        // Still there when the server had been stopped, or never started.
        if (System.IO.Directory.Exists(Directory))
        {
            System.IO.Directory.Delete(Directory, recursive: true);
        }
    }

    private async Task AskAsync(string word)
    {
        asked = true;
        if (guard is { HasExited: false })
        {
            await guard.StandardInput.WriteLineAsync(word);
            await guard.StandardInput.FlushAsync();
            await guard.WaitForExitAsync();
        }
    }

    private ProcessStartInfo Start(string[] command)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { WorkingDirectory = Directory, UseShellExecute = false };
        var families = environment.Keys.Select(name => name.Split('_')[0] + "_").ToHashSet(StringComparer.Ordinal);
        foreach (var name in start.Environment.Keys.Where(name => families.Any(family => name.StartsWith(family, StringComparison.Ordinal))).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private static string ReadGuard()
    {
        using var reader = new StreamReader(typeof(LocalHost).Assembly.GetManifestResourceStream("guard.sh")!);
        return reader.ReadToEnd();
    }
}
