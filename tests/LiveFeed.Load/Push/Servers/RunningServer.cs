using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;

namespace LiveFeed.Load.Push.Servers;

/// <summary>A contender's process, and what it costs.</summary>
internal sealed class RunningServer : IDisposable
{
    private readonly Process process;
    private readonly List<string> said = [];

    private RunningServer(Contender contender)
    {
        Contender = contender;
        Port = FreePort.Next();
        var start = new ProcessStartInfo("dotnet", contender.Program.Select(word => string.Format(CultureInfo.InvariantCulture, word, Port)))
        {
            WorkingDirectory = Path.GetDirectoryName(contender.Program[0]),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in contender.Settings)
        {
            start.Environment[name] = value;
        }

        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Say(line.Data);
        process.ErrorDataReceived += (_, line) => Say(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{Port}"), Timeout = TimeSpan.FromSeconds(60) };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Contender.Key);
    }

    public Contender Contender { get; }

    public int Port { get; }

    public HttpClient Http { get; }

    /// <summary>User and system time so far, of all its threads.</summary>
    public TimeSpan Cpu
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Memory in KiB; what is shared with other processes counts in part (PSS).</summary>
    public double Memory => double.Parse(
        File.ReadLines($"/proc/{process.Id}/smaps_rollup").First(line => line.StartsWith("Pss:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture);

    /// <summary>Starts it and waits until it can be connected to.</summary>
    public static async Task<RunningServer> StartAsync(Contender contender)
    {
        var server = new RunningServer(contender);
        var begun = Stopwatch.GetTimestamp();
        while (!await server.AnswersAsync())
        {
            if (server.process.HasExited || Stopwatch.GetElapsedTime(begun) > TimeSpan.FromSeconds(60))
            {
                throw new InvalidOperationException($"{contender.Name} doesn't start:\n{server.Said}");
            }

            await Task.Delay(50);
        }

        return server;
    }

    /// <summary>Makes a feed of a name that nobody has used and returns its slug.</summary>
    public async Task<string> CreateFeedAsync()
    {
        var slug = $"push-{Guid.NewGuid():N}"[..17];
        if (Contender.FeedsPath is { } feeds)
        {
            using var created = await Http.PostAsJsonAsync(feeds, new { slug });
            created.EnsureSuccessStatusCode();
        }

        return slug;
    }

    /// <summary>Waits until it has nothing more to do, also in the background; but not for ever.</summary>
    public async Task AwaitRestAsync()
    {
        var rest = TimeSpan.FromMilliseconds(300);
        for (var looks = 0; looks < 15; looks++)
        {
            var before = Cpu;
            await Task.Delay(rest);
            if (Cpu - before < rest / 10)
            {
                return;
            }
        }
    }

    /// <summary>What it wrote.</summary>
    public string Said
    {
        get
        {
            lock (said)
            {
                return string.Join('\n', said);
            }
        }
    }

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
        Http.Dispose();
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            if (Contender.ReadyPath is { } path)
            {
                using var ready = await Http.GetAsync(new Uri(path, UriKind.Relative));
                return ready.IsSuccessStatusCode;
            }

            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, Port);
            return true;
        }
        catch (Exception failure) when (failure is HttpRequestException or SocketException)
        {
            return false;
        }
    }

    private void Say(string? line)
    {
        lock (said)
        {
            if (line is not null && said.Count < 200)
            {
                said.Add(line);
            }
        }
    }
}
