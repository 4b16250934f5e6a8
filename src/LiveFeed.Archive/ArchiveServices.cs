using LiveFeed.Archive.Databases;
using LiveFeed.Archive.History;
using LiveFeed.Archive.Pictures;
using LiveFeed.Archive.Recent;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace LiveFeed.Archive;

/// <summary>Puts the archive, and the recent entries around it, at every role's disposal.</summary>
public static class ArchiveServices
{
    /// <summary>Adds the archive. Its tables must be brought up to date (<see cref="Migrations"/>) before anything reads them.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="postgres">Npgsql connection string; null keeps the archive in <paramref name="sqliteFile"/>.</param>
    /// <param name="redis">StackExchange.Redis connection string; null does without the cache.</param>
    /// <param name="sqliteFile">Path of the SQLite file.</param>
    public static IServiceCollection AddArchive(this IServiceCollection services, string? postgres, string? redis, string sqliteFile)
    {
        services.AddSingleton<ArchiveDatabase>(_ => postgres is null ? new SqliteDatabase(sqliteFile) : new PostgresDatabase(postgres));
        services.AddSingleton<FeedLog>();
        services.AddSingleton<FeedReader>();
        services.AddSingleton<EntryHistory>();
        services.AddSingleton<LogCheck>();
        services.AddSingleton<PictureStore>();
        services.AddSingleton<Partners>();
        services.AddSingleton<IFeedReader>(provider => provider.GetRequiredService<FeedReader>());
        services.AddSingleton<Feeds>();
        services.AddSingleton<IFeedList>(provider => provider.GetRequiredService<Feeds>());
        if (redis is not null)
        {
            services.AddSingleton<IConnectionMultiplexer>(_ => ConnectionMultiplexer.Connect(RedisOptions(redis)));
            services.AddSingleton<RecentEntries>();
            services.AddSingleton<IRecentEntries>(provider => provider.GetRequiredService<RecentEntries>());
        }

        return services;
    }

    private static ConfigurationOptions RedisOptions(string redis)
    {
        var options = ConfigurationOptions.Parse(redis);
        // A cache that is away is done without, so neither the start nor a call may hang on it.
        options.AbortOnConnectFail = false;
        options.ConnectTimeout = Math.Min(options.ConnectTimeout, 2_000);
        options.AsyncTimeout = Math.Min(options.AsyncTimeout, 1_000);
        options.SyncTimeout = Math.Min(options.SyncTimeout, 1_000);
        options.BacklogPolicy = BacklogPolicy.FailFast;
        options.ReconnectRetryPolicy = new LinearRetry(500);
        options.ClientName = "LiveFeed";
        return options;
    }
}
