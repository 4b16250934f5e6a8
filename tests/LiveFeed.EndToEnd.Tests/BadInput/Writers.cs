using LiveFeed.Archive.Databases;
using LiveFeed.Desk;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using Microsoft.Extensions.DependencyInjection;

namespace LiveFeed.EndToEnd.Tests.BadInput;

/// <summary>Those who write with a key of their own.</summary>
internal static class Writers
{
    /// <summary>An HTTP client with a key that was just made.</summary>
    public static async Task<HttpClient> WriterAsync(this Newsroom newsroom, DeskRole role, params string[] feeds)
    {
        ArgumentNullException.ThrowIfNull(newsroom);
        await using var keys = newsroom.Keys();
        var (_, secret) = await keys.GetRequiredService<KeyRing>().CreateAsync("Somebody", role, feeds, TestContext.Current.CancellationToken);
        return Newsroom.Client(newsroom.Desk.BaseAddress!, secret);
    }

    /// <summary>The keys, as 'livefeed key' works on them: in the archive itself, beside the servers that run.</summary>
    public static ServiceProvider Keys(this Newsroom newsroom) => new ServiceCollection()
        .AddSingleton(TimeProvider.System)
        .AddSingleton<ArchiveDatabase>(_ => newsroom.Settings.TryGetValue("ConnectionStrings:Archive", out var postgres)
            ? new PostgresDatabase(postgres)
            : new SqliteDatabase(Path.Combine(newsroom.Settings["LiveFeed:DataDirectory"], "archive.db")))
        .AddDeskKeys()
        .BuildServiceProvider();
}
