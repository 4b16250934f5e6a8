using System.Diagnostics;
using LiveFeed.EndToEnd.Tests.Newsrooms;

namespace LiveFeed.EndToEnd.Tests;

/// <summary>Another system, a program of its own, publishes over RabbitMQ; it has nothing of LiveFeed but the contracts.</summary>
public sealed class FromOutsideTests(Servers servers)
{
    // Beside this project's own output stands that of the other.
    private static readonly string Program =
        Path.Combine(AppContext.BaseDirectory.Replace("LiveFeed.EndToEnd.Tests", "LiveFeed.Outside", StringComparison.Ordinal), "LiveFeed.Outside.dll");

    [Fact]
    public async Task What_another_system_sends_is_on_the_air_once_however_often_it_sends_it()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Distributed);
        var reader = await newsroom.FollowAsync();
        var id = Guid.CreateVersion7().ToString();

        Assert.Equal((0, $"{id} 1\n", ""), await SendAsync(newsroom, newsroom.Feed, "Bridge closed", id));
        Assert.Equal((0, $"{id} 1 again\n", ""), await SendAsync(newsroom, newsroom.Feed, "Bridge closed", id));

        var entry = Assert.Single((await newsroom.ListAsync()).Entries);
        Assert.Equal("Bridge closed", entry.Headline);
        await reader.SeesAsync(entry);
    }

    [Fact]
    public async Task What_breaks_a_rule_is_refused_with_the_rule()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Distributed);

        var (code, output, errors) = await SendAsync(newsroom, "no-such-feed", "Bridge closed");
        Assert.Equal((1, ""), (code, output));
        Assert.Contains("no-such-feed", errors, StringComparison.Ordinal);

        (code, output, errors) = await SendAsync(newsroom, newsroom.Feed, new string('x', 301));
        Assert.Equal((1, ""), (code, output));
        Assert.Contains("300", errors, StringComparison.Ordinal);
        Assert.Empty((await newsroom.ListAsync()).Entries);
    }

    private static async Task<(int Code, string Output, string Errors)> SendAsync(Newsroom newsroom, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Program, newsroom.Settings["ConnectionStrings:RabbitMq"], .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(1));
        return (process.ExitCode, await output, await errors);
    }
}
