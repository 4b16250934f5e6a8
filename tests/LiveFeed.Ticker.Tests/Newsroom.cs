using LiveFeed.Archive;
using LiveFeed.Archive.Databases;
using LiveFeed.Contracts;
using LiveFeed.Ticker.Followers;
using LiveFeed.Ticker.Ring;
using Microsoft.Extensions.DependencyInjection;

namespace LiveFeed.Ticker.Tests;

/// <summary>A feed named news in a real archive, SQLite in a directory of its own, with one entry, and the ticker's parts around it.</summary>
internal sealed class Newsroom : IAsyncDisposable
{
    private readonly ServiceProvider services;
    private readonly DirectoryInfo directory;

    private Newsroom(ServiceProvider services, DirectoryInfo directory)
    {
        this.services = services;
        this.directory = directory;
    }

    public RingSource Source => services.GetRequiredService<RingSource>();

    public Rings Rings => services.GetRequiredService<Rings>();

    public Snapshots Snapshots => services.GetRequiredService<Snapshots>();

    public Joining Joining => services.GetRequiredService<Joining>();

    public static async Task<Newsroom> OpenAsync()
    {
        var directory = Directory.CreateTempSubdirectory("livefeed-ticker-");
        var services = new ServiceCollection().AddSingleton(TimeProvider.System)
            .AddArchive(postgres: null, redis: null, Path.Combine(directory.FullName, "archive.db"))
            .AddSingleton<RingSource>().AddSingleton<Rings>().AddSingleton<Snapshots>().AddSingleton<Joining>().BuildServiceProvider();
        await Migrations.RunAsync(services.GetRequiredService<ArchiveDatabase>(), CancellationToken.None);
        await services.GetRequiredService<Feeds>().CreateAsync(
            new Feed
            {
                Slug = "news",
                Title = "News",
                Language = "en",
                Direction = TextDirection.Ltr,
                TimeZone = "UTC",
                Status = FeedStatus.Open,
                CreatedAt = DateTimeOffset.UnixEpoch,
            },
            CancellationToken.None);
        var newsroom = new Newsroom(services, directory);
        await newsroom.PublishAsync();
        return newsroom;
    }

    /// <summary>The ring of the feed.</summary>
    public async Task<FeedRing> RingAsync() => (await Rings.FindAsync("news", CancellationToken.None))!;

    /// <summary>Publishes an entry. The change stands in the archive; whether it is announced is for the test.</summary>
    public Task<EntryChanged> PublishAsync() => AppendAsync(Guid.NewGuid(), EntryAction.Publish);

    /// <summary>Publishes several entries; the last change is returned.</summary>
    public async Task<EntryChanged> PublishAsync(int count)
    {
        for (var i = 1; i < count; i++)
        {
            await PublishAsync();
        }

        return await PublishAsync();
    }

    /// <summary>
    /// 501 entries, of which those at 2 to 11 were changed again at the end: a ring begins at 12, yet the archive has no more than
    /// the ring for who stands at 5.
    /// </summary>
    public async Task FillRingAboveGapAsync()
    {
        var early = new List<Guid>();
        for (var i = 0; i < 10; i++)
        {
            early.Add((await PublishAsync()).Entry.Id);
        }

        await PublishAsync(490);
        foreach (var id in early)
        {
            await EditAsync(id);
        }
    }

    /// <summary>Changes an entry.</summary>
    public Task<EntryChanged> EditAsync(Guid id) => AppendAsync(id, EntryAction.Edit);

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        directory.Delete(recursive: true);
    }

    private async Task<EntryChanged> AppendAsync(Guid id, EntryAction action)
    {
        var submission = new SubmitEntry
        {
            SubmissionId = Guid.NewGuid(),
            Feed = "news",
            EntryId = id,
            Action = action,
            Fields = new EntryFields { Headline = "News", Body = "As written" },
        };
        var outcome = await services.GetRequiredService<FeedLog>().AppendAsync(
            submission,
            (_, feed, newest) => new Entry
            {
                Id = id,
                Feed = feed.Slug,
                Seq = 0,
                Revision = 0,
                Status = EntryStatus.Live,
                Headline = "News",
                Body = "As written",
                PublishedAt = newest?.PublishedAt ?? DateTimeOffset.UnixEpoch,
            },
            CancellationToken.None);
        return outcome.Change!;
    }
}
