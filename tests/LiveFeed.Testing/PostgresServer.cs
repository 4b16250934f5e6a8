using System.Globalization;
using Npgsql;

namespace LiveFeed.Testing;

/// <summary>PostgreSQL with fsync on, as in production: what it has committed outlives <see cref="TestServer.KillAsync"/>.</summary>
public sealed class PostgresServer : TestServer
{
    // PostgreSQL refuses to run as root. $0 is initdb, the arguments are the server and its options.
    private const string Start =
        """
        set -e
        as=
        if [ "$(id -u)" = 0 ]; then
            user=postgres
            id "$user" >/dev/null 2>&1 || user=nobody
            chown "$user" .
            as="setpriv --reuid=$user --regid=$(id -g "$user") --clear-groups"
        fi
        [ -e data ] || $as "$0" --pgdata data --username livefeed --auth trust --encoding UTF8 --locale C --no-sync
        server=$1
        shift
        exec $as "$server" -D data "$@"
        """;

    private PostgresServer(ServerHost host, int port) : base(host, port)
    {
    }

    /// <summary>In Npgsql's form, to the database that is there from the start. Tests get their own by <see cref="CreateDatabaseAsync"/>.</summary>
    public override string ConnectionString => For("postgres");

    /// <summary>Starts one.</summary>
    public static Task<PostgresServer> StartAsync() => StartAsync(() => Task.FromResult(Make(FreePort.Next())));

    /// <summary>Creates a database and gives its connection string (Npgsql's form).</summary>
    /// <param name="name">Its name; one that nobody has used yet unless given.</param>
    public async Task<string> CreateDatabaseAsync(string? name = null)
    {
        name ??= $"test_{Guid.NewGuid():N}";
        await using var source = NpgsqlDataSource.Create(ConnectionString);
        // Sorted as in a newsroom's own language, not by bytes: an order that the archive relies on must hold here as well.
        await using var command = source.CreateCommand(
            $"""CREATE DATABASE "{name}" TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'en-US'""");
        await command.ExecuteNonQueryAsync();
        return For(name);
    }

    private protected override async Task<bool> AnswersAsync(CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false");
        await connection.OpenAsync(cancellation);
        return true;
    }

    private string For(string database) => string.Create(
        CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={Port};Username=livefeed;Password=livefeed;Database={database}");

    private static PostgresServer Make(int port)
    {
        // Not the ones on the PATH first: distributions put wrappers there.
        var places = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(VersionOf).Select(version => Path.Combine(version, "bin")).ToArray()
            : [];
        var program = LocalHost.Find("postgres", places);
        var initdb = LocalHost.Find("initdb", places);
        if (!LocalHost.CanRun(program) || initdb is null)
        {
            var container = ContainerHost.Make(
                "postgres:16", port, 5432, "postgresql", ["postgres", "-c", "max_connections=200"],
                new Dictionary<string, string> { ["POSTGRES_USER"] = "livefeed", ["POSTGRES_PASSWORD"] = "livefeed", ["POSTGRES_DB"] = "postgres" });
            return new PostgresServer(container, port);
        }

        var host = new LocalHost("postgres")
        {
            StopSignal = "INT",
            Command =
            [
                "sh", "-c", Start, initdb, program!, "-p", port.ToString(CultureInfo.InvariantCulture), "-c", "listen_addresses=127.0.0.1",
                "-c", "unix_socket_directories=", "-c", "fsync=on", "-c", "max_connections=200", "-c", "shared_buffers=32MB",
            ],
        };
        return new PostgresServer(host, port);
    }

    private static double VersionOf(string directory) =>
        double.TryParse(Path.GetFileName(directory), CultureInfo.InvariantCulture, out var version) ? version : 0;
}
