using LiveFeed.Archive.Tests;
using LiveFeed.Testing;

[assembly: AssemblyFixture(typeof(Servers))]

namespace LiveFeed.Archive.Tests;

/// <summary>The servers that all tests here share; each test has a database and feeds of its own.</summary>
public sealed class Servers : IAsyncLifetime
{
    public PostgresServer Postgres { get; private set; } = null!;

    public RedisServer Redis { get; private set; } = null!;

    public TestDirectory Files { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Files = await TestDirectory.MakeAsync();
        Postgres = await PostgresServer.StartAsync();
        Redis = await RedisServer.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Redis.DisposeAsync();
        await Postgres.DisposeAsync();
        await Files.DisposeAsync();
    }
}
