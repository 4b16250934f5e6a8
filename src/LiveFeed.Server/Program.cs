using LiveFeed.Archive;
using LiveFeed.Desk;
using LiveFeed.FanOut;
using LiveFeed.Server;
using LiveFeed.Server.Broker;
using LiveFeed.Server.Commands;
using LiveFeed.Server.Demo;
using LiveFeed.Server.Operations;
using LiveFeed.Ticker;
using LiveFeed.Ticker.Embeds;

if (CommandLine.Takes(args))
{
    return await CommandLine.RunAsync(args);
}

try
{
    var serving = Serving.Parse(args);
    // Scripts and styles lie beside the program, wherever it is started from.
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = serving.HostArguments, WebRootPath = Path.Combine(AppContext.BaseDirectory, "wwwroot") });
    builder.AddDefaults();
    var settings = Settings.From(builder.Configuration);
    builder.AddOperations(settings);

    // The way of an item: from the desk over the broker to the fan-out, into the archive, over the broker to the tickers.
    builder.Services.AddArchive(settings.Postgres, settings.Redis, settings.SqliteFile);
    if (settings.Roles.Desk)
    {
        builder.Services.AddDesk(settings.OpenId);
        if (serving.Demo)
        {
            builder.Services.AddHostedService<DemoPlayer>();
        }
    }

    if (settings.Roles.FanOut)
    {
        builder.Services.AddFanOut();
    }

    if (settings.Roles.Ticker)
    {
        builder.Services.AddTicker(settings.Limits);
    }

    builder.Services.AddBroker(settings);

    await using var app = builder.Build();
    await app.Services.OpenArchiveAsync(settings);
    app.UseOperations();
    if (settings.Roles.Desk)
    {
        app.UseDesk();
        app.MapDesk();
    }

    if (settings.Roles.Ticker)
    {
        app.UseAnySite();
        app.UseCompression();
        app.MapTicker();
    }

    app.MapOperations();
    await app.RunAsync();
    return 0;
}
catch (UsageException wrong)
{
    await Console.Error.WriteLineAsync(wrong.Message);
    return 2;
}
catch (SettingException refused)
{
    await Console.Error.WriteLineAsync(refused.Message);
    return 1;
}

/// <summary>The server; public so that tests can host it.</summary>
public sealed partial class Program;
