using System.Globalization;
using LiveFeed.Desk;
using LiveFeed.Ticker.Admission;
using Npgsql;
using StackExchange.Redis;

namespace LiveFeed.Server;

/// <summary>What the configuration says, checked before anything starts.</summary>
/// <param name="Roles">What this process does.</param>
/// <param name="DataDirectory">Where what must be kept on this machine is kept.</param>
/// <param name="RabbitMq">The broker; null for the one in memory.</param>
/// <param name="Postgres">The archive; null for SQLite in <paramref name="DataDirectory"/>.</param>
/// <param name="Redis">The recent entries; null does without.</param>
/// <param name="Limits">How many readers a ticker takes.</param>
/// <param name="OpenId">The newsroom's identity provider; null when it has none.</param>
internal sealed record Settings(Roles Roles, string DataDirectory, Uri? RabbitMq, string? Postgres, string? Redis, ReaderLimits Limits, OpenIdProvider? OpenId)
{
    /// <summary>The SQLite archive.</summary>
    public string SqliteFile => Path.Combine(DataDirectory, "archive.db");

    /// <summary>Reads the configuration.</summary>
    /// <exception cref="SettingException">A setting can't be used; the message says how to mend it.</exception>
    public static Settings From(IConfiguration configuration)
    {
        var settings = new Settings(
            Roles.From(configuration),
            Path.GetFullPath(configuration["LiveFeed:DataDirectory"] is { Length: > 0 } directory ? directory : "data"),
            RabbitMqAddress(configuration.GetConnectionString("RabbitMq")),
            Usable(configuration, "Archive", text => new NpgsqlConnectionStringBuilder(text),
                "Write it as Npgsql does: Host=localhost;Database=livefeed;Username=livefeed;Password=…"),
            Usable(configuration, "Redis", ConfigurationOptions.Parse, "Write it as StackExchange.Redis does: localhost:6379,password=…"),
            new ReaderLimits(
                Limit(configuration, nameof(ReaderLimits.Readers), new ReaderLimits().Readers),
                Limit(configuration, nameof(ReaderLimits.ReadersPerAddress), new ReaderLimits().ReadersPerAddress)),
            OpenIdSettings.From(configuration.GetSection("LiveFeed:OpenIdConnect")));
        if (!settings.Roles.All && (settings.RabbitMq is null || settings.Postgres is null))
        {
            throw new SettingException("LiveFeed:Roles",
                "Roles can be told apart only where they can meet: set ConnectionStrings:RabbitMq and ConnectionStrings:Archive (PostgreSQL) too, or run all three roles in this process.");
        }

        if (configuration["LiveFeed:AdminKey"] is { Length: > 0 and < 16 })
        {
            throw new SettingException("LiveFeed:AdminKey", "It gives every right, so it must have at least 16 characters. 'openssl rand -hex 32' makes a good one.");
        }

        return settings;
    }

    private static int Limit(IConfiguration configuration, string name, int otherwise) =>
        configuration[$"LiveFeed:Limits:{name}"] is not { Length: > 0 } text ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit > 0 ? limit
        : throw new SettingException($"LiveFeed:Limits:{name}", $"It is a whole number above zero; {otherwise} unless set.");

    private static Uri? RabbitMqAddress(string? text) =>
        string.IsNullOrWhiteSpace(text) ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "amqp" or "amqps" ? address
        : throw new SettingException("ConnectionStrings:RabbitMq", "It is an address such as amqp://user:password@localhost:5672/ (amqps:// for TLS).");

    private static string? Usable(IConfiguration configuration, string name, Func<string, object> read, string advice)
    {
        if (configuration.GetConnectionString(name) is not { } text || string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        try
        {
            read(text);
            return text;
        }
        catch (ArgumentException)
        {
            // What was written may hold a password: the message must not repeat it.
            throw new SettingException($"ConnectionStrings:{name}", $"It can't be read. {advice}");
        }
    }
}

/// <summary>A setting that can't be used.</summary>
internal sealed class SettingException(string setting, string advice) : Exception($"{setting}: {advice}");
