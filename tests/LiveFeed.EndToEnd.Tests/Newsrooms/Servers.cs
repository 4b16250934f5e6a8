using LiveFeed.EndToEnd.Tests.Newsrooms;
using LiveFeed.Testing;

[assembly: AssemblyFixture(typeof(Servers))]

namespace LiveFeed.EndToEnd.Tests.Newsrooms;

/// <summary>
/// RabbitMQ, Redis and PostgreSQL, shared by the tests that leave them alone: each newsroom has a virtual host, a database and
/// feeds of its own. They start when the first test needs them.
/// </summary>
public sealed class Servers : IAsyncDisposable
{
    private readonly Lazy<Task<RabbitMqServer>> rabbitMq = new(RabbitMqServer.StartAsync);
    private readonly Lazy<Task<RedisServer>> redis = new(RedisServer.StartAsync);
    private readonly Lazy<Task<PostgresServer>> postgres = new(PostgresServer.StartAsync);

    public Task<RabbitMqServer> RabbitMqAsync() => rabbitMq.Value;

    public Task<RedisServer> RedisAsync() => redis.Value;

    public Task<PostgresServer> PostgresAsync() => postgres.Value;

    /// <summary>Where nodes meet: a virtual host and a database that nobody else uses. Nothing where all is embedded.</summary>
    public async Task<IReadOnlyDictionary<string, string>> MeetingPointAsync(Mode mode)
    {
        if (mode is Mode.Embedded)
        {
            return new Dictionary<string, string>();
        }

        var (broker, cache, archive) = (rabbitMq.Value, redis.Value, postgres.Value);
        return new Dictionary<string, string>
        {
            ["ConnectionStrings:RabbitMq"] = await (await broker).CreateVirtualHostAsync(),
            ["ConnectionStrings:Redis"] = (await cache).ConnectionString,
            ["ConnectionStrings:Archive"] = await (await archive).CreateDatabaseAsync(),
        };
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync(rabbitMq);
        await EndAsync(redis);
        await EndAsync(postgres);
    }

    private static async ValueTask EndAsync<TServer>(Lazy<Task<TServer>> server) where TServer : TestServer
    {
        if (server.IsValueCreated)
        {
            await (await server.Value).DisposeAsync();
        }
    }
}

/// <summary>How LiveFeed runs.</summary>
public enum Mode
{
    /// <summary>One process, nothing else installed.</summary>
    Embedded,

    /// <summary>A desk, a fan-out and two tickers on RabbitMQ, Redis and PostgreSQL.</summary>
    Distributed,
}
