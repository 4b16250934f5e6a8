using LiveFeed.Archive.Databases;
using LiveFeed.Contracts;

namespace LiveFeed.Archive.Tests;

/// <summary>What the archive is kept in.</summary>
public enum Kept
{
    /// <summary>A SQLite file.</summary>
    InSqlite,

    /// <summary>A PostgreSQL database.</summary>
    InPostgres,
}

/// <summary>Every test of the archive runs on both: <c>[Theory, ClassData(typeof(EitherWay))]</c>.</summary>
public sealed class EitherWay : TheoryData<Kept>
{
    public EitherWay()
    {
        Add(Kept.InSqlite);
        Add(Kept.InPostgres);
    }
}

/// <summary>An empty archive with one open feed, "kyiv", and a newsroom that writes to it as the fan-out does.</summary>
internal sealed class TestArchive : IAsyncDisposable
{
    public const string Feed = "kyiv";

    private readonly Func<ArchiveDatabase> open;
    private readonly List<ArchiveDatabase> databases = [];

    private TestArchive(Func<ArchiveDatabase> open)
    {
        this.open = open;
        Database = OpenDatabase();
        Log = new FeedLog(Database, TimeProvider.System);
        Reader = new FeedReader(Database);
        Feeds = new Feeds(Database);
    }

    public ArchiveDatabase Database { get; }

    public FeedLog Log { get; }

    public FeedReader Reader { get; }

    public Feeds Feeds { get; }

    public static async Task<TestArchive> OpenAsync(Servers servers, Kept kept)
    {
        var archive = await OpenEmptyAsync(servers, kept);
        await Migrations.RunAsync(archive.Database, TestContext.Current.CancellationToken);
        await archive.CreateFeedAsync(Feed);
        return archive;
    }

    /// <summary>One that has no tables yet.</summary>
    public static async Task<TestArchive> OpenEmptyAsync(Servers servers, Kept kept)
    {
        if (kept is Kept.InPostgres)
        {
            var connectionString = await servers.Postgres.CreateDatabaseAsync();
            return new TestArchive(() => new PostgresDatabase(connectionString));
        }

        var file = Path.Combine(servers.Files.Next(), "archive.db");
        return new TestArchive(() => new SqliteDatabase(file));
    }

    /// <summary>The same archive as another node has it open.</summary>
    public ArchiveDatabase OpenDatabase()
    {
        var database = open();
        databases.Add(database);
        return database;
    }

    public Task<bool> CreateFeedAsync(string slug, FeedStatus status = FeedStatus.Open) => Feeds.CreateAsync(NewFeed(slug, status), Cancellation);

    public Task<Outcome> SubmitAsync(SubmitEntry submission) => SubmitAsync(Log, submission);

    public static Task<Outcome> SubmitAsync(FeedLog log, SubmitEntry submission) =>
        log.AppendAsync(submission, (written, feed, newest) => Newsroom.Write(feed, newest, written), Cancellation);

    /// <summary>Submits what will be taken, and gives the entry.</summary>
    public async Task<Entry> AcceptedAsync(SubmitEntry submission)
    {
        var outcome = await SubmitAsync(submission);
        Assert.True(outcome.Yes is not null, outcome.No?.Detail);
        return outcome.Yes.Entry;
    }

    /// <summary>Submits what will be refused, and gives the refusal.</summary>
    public async Task<EntryRejected> RefusedAsync(SubmitEntry submission)
    {
        var outcome = await SubmitAsync(submission);
        Assert.Null(outcome.Yes);
        Assert.Null(outcome.Change);
        return outcome.No!;
    }

    public async Task<Position> PositionAsync(string feed = Feed) => (await Reader.PositionsAsync(Cancellation))[feed];

    /// <summary>Everything that changed after <paramref name="seq"/>.</summary>
    public async Task<EntryPage> SinceAsync(long seq, int limit = 100_000) => (await Reader.SinceAsync(Feed, seq, limit, withBody: false, Cancellation))!;

    public async Task<EntryPage> PageAsync(PageQuery query) => (await Reader.PageAsync(Feed, query, Cancellation))!;

    public async ValueTask DisposeAsync()
    {
        foreach (var database in databases)
        {
            await database.DisposeAsync();
        }
    }

    public static Feed NewFeed(string slug, FeedStatus status = FeedStatus.Open) => new()
    {
        Slug = slug,
        Title = $"Live: {slug}",
        Language = "uk",
        Direction = TextDirection.Ltr,
        TimeZone = "Europe/Kyiv",
        Status = status,
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(1_795_528_800_000),
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
}
