using LiveFeed.Contracts;
using LiveFeed.Ticker.Admission;
using LiveFeed.Ticker.Api;
using LiveFeed.Ticker.Broker;
using LiveFeed.Ticker.Embeds;
using LiveFeed.Ticker.Followers;
using LiveFeed.Ticker.Hub;
using LiveFeed.Ticker.OEmbed;
using LiveFeed.Ticker.Pages;
using LiveFeed.Ticker.Partners;
using LiveFeed.Ticker.Pictures;
using LiveFeed.Ticker.Push;
using LiveFeed.Ticker.Receipts;
using LiveFeed.Ticker.Ring;
using LiveFeed.Ticker.Sockets;
using LiveFeed.Ticker.Syndication;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LiveFeed.Ticker;

/// <summary>The ticker role: what readers connect to.</summary>
public static class TickerServices
{
    /// <summary>Adds the rings, the hub, the pages and the reading API. The archive must be added too.</summary>
    public static IServiceCollection AddTicker(this IServiceCollection services, ReaderLimits limits)
    {
        services.AddSingleton(limits);
        services.AddSingleton<Doorkeeper>();
        services.AddSingleton<Departures>();
        services.AddSingleton<NodeEndpoint>();
        services.AddSingleton<RingSource>();
        services.AddSingleton<Rings>();
        services.AddSingleton<RingWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<RingWatch>());
        services.AddHealthChecks().AddCheck<RingWatch>("ticker", tags: ["ready"]);
        services.AddSingleton<Snapshots>();
        services.AddSingleton<Joining>();
        services.AddSingleton<PartnerList>();
        services.AddSingleton<PartnerWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<PartnerWatch>());
        services.AddSingleton<FollowCall>();
        services.AddSingleton<ReaderReceipts>();
        services.AddSingleton<SeenCall>();
        services.AddHostedService<ReadersReport>();
        services.AddSingleton<EventTexts>();
        services.AddSingleton<OpenStreams>();
        services.AddSingleton<PictureShelf>();
        services.AddSingleton<Editions>();
        services.AddSingleton<EmbedScript>();
        services.AddTickerHub();
        services.AddPush();
        services.AddCompression();
        services.AddRazorComponents();
        services.AddHttpContextAccessor();
        services.Configure<RouteOptions>(options => options.SetParameterPolicy<FeedSlugConstraint>(FeedSlugConstraint.Name));
        services.ConfigureHttpJsonOptions(options => Wire.Configure(options.SerializerOptions));
        return services;
    }

    /// <summary>Adds the consumers that bring changes into the rings.</summary>
    public static void AddTicker(this IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<EntryChangedConsumer, EntryChangedConsumerDefinition>();
        bus.AddConsumer<FeedChangedConsumer, FeedChangedConsumerDefinition>();
        bus.AddConsumer<PartnersChangedConsumer, PartnersChangedConsumerDefinition>();
    }

    /// <summary>Maps what readers ask for: the hub, the reading API and the pages.</summary>
    public static IEndpointRouteBuilder MapTicker(this IEndpointRouteBuilder routes)
    {
        var readers = routes.MapGroup("").AllowAnonymous();
        // Who doesn't answer a good-bye would hold up the end of a node for as long.
        readers.MapHub<TickerHub>(UpgradeRequest.Path, hub => hub.WebSockets.CloseTimeout = TimeSpan.FromSeconds(Patience.LastWords)).WithDoorkeeper();

        var api = readers.MapGroup("/api/feeds").AddEndpointFilter<ArchiveAway>().AddEndpointFilter<PartnerFeeds>().OpenToAnySite().WithTags("Reading")
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        api.MapFeedApi();
        api.MapEntryApi();
        api.MapStreamApi();

        readers.MapPictureApi();
        readers.MapSyndication();
        readers.MapOEmbed();
        readers.MapEmbeds();
        readers.MapDevelopersPages();
        readers.MapReaderPages();
        return routes;
    }

    private static void AddTickerHub(this IServiceCollection services)
    {
        services.AddSingleton<HubMessages>();
        services.AddSingleton<HubFailures>();
        services.AddSingleton<TickerConnections>();
        services.AddSingleton<HubLifetimeManager<TickerHub>>(provider => provider.GetRequiredService<TickerConnections>());
        services.AddSingleton<HubConnectionHandler<TickerHub>, HubDoor>();
        services.AddSignalR()
            .AddHubOptions<TickerHub>(options =>
            {
                options.AddFilter<HubFailures>();
                options.MaximumReceiveMessageSize = MessageReader.Limit;
                options.HandshakeTimeout = TimeSpan.FromSeconds(Patience.Handshake);
            })
            .AddJsonProtocol(options => Wire.Configure(options.PayloadSerializerOptions))
            .AddMessagePackProtocol(options => options.SerializerOptions = WireMessagePack.Options);
        services.DecorateProtocols();
        // SignalR misses a reader only once it has pinged; a WebSocket answers pings by itself, or isn't there.
        services.Configure<WebSocketOptions>(sockets =>
        {
            sockets.KeepAliveInterval = TimeSpan.FromSeconds(Patience.Ask);
            sockets.KeepAliveTimeout = TimeSpan.FromSeconds(Patience.Silent - Patience.Ask);
        });

        // SignalR logs a caller's mistake as an error of ours; HubFailures logs what is worth it.
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.SignalR.Internal.DefaultHubDispatcher", LogLevel.Critical));
    }

    // In front of HTTP, on every address that the server listens on without TLS.
    private static void AddPush(this IServiceCollection services)
    {
        services.AddSingleton<Shards>();
        services.AddSingleton<PushDoor>();
        services.AddSingleton<Receivers>();
        services.AddSingleton<FrontDoor>();
        services.AddSingleton<IConnectionListenerFactory>(provider => provider.GetRequiredService<FrontDoor>());
        services.AddSingleton<Farewell>();
        services.AddSingleton<IHostLifetime, SignalLifetime>();
        services.AddHostedService(provider => provider.GetRequiredService<Farewell>());
        services.AddHealthChecks().AddCheck<Farewell>("readers", tags: ["ready"]);
        // When a node or a network comes back, all its readers do. Those that find no place in the queue wait for a second.
        services.Configure<SocketTransportOptions>(sockets => sockets.Backlog = 4096);
        services.AddOptions<KestrelServerOptions>().Configure<FrontDoor>((kestrel, door) =>
            kestrel.ConfigureEndpointDefaults(listen => listen.Use(next =>
            {
                if ($"{listen}".StartsWith("https:", StringComparison.Ordinal))
                {
                    door.LeaveAlone(listen.EndPoint);
                }

                return next;
            })));
    }

    private static void DecorateProtocols(this IServiceCollection services)
    {
        foreach (var protocol in services.Where(service => service.ServiceType == typeof(IHubProtocol)).ToList())
        {
            services.Remove(protocol);
            services.AddSingleton<IHubProtocol>(provider => new CountedProtocol(
                new OptionalArgumentsProtocol((IHubProtocol)ActivatorUtilities.CreateInstance(provider, protocol.ImplementationType!)),
                provider.GetRequiredService<TimeProvider>()));
        }
    }
}
