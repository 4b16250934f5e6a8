using System.Text.Encodings.Web;
using LiveFeed.Desk;
using LiveFeed.FanOut;
using LiveFeed.Ticker;
using MassTransit;

namespace LiveFeed.Server.Broker;

/// <summary>The way between the roles: RabbitMQ where one is configured, MassTransit's transport in memory otherwise. The consumers are the same.</summary>
internal static class BrokerServices
{
    public static IServiceCollection AddBroker(this IServiceCollection services, Settings settings)
    {
        var roles = settings.Roles;
        services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            if (roles.Desk)
            {
                bus.AddDesk();
            }

            if (roles.FanOut)
            {
                bus.AddFanOut();
            }

            if (roles.Ticker)
            {
                bus.AddTicker();
            }

            if (settings.RabbitMq is { } address)
            {
                bus.UsingRabbitMq((context, rabbit) =>
                {
                    rabbit.Host(address, host => host.PublisherConfirmation = true);
                    rabbit.Receive(roles, context);
                });
            }
            else
            {
                bus.UsingInMemory((context, memory) => memory.Receive(roles, context));
            }
        });

        // A site whose broker is away still serves what it holds, and says in /health/ready what is missing.
        services.Configure<MassTransitHostOptions>(host =>
        {
            host.WaitUntilStarted = settings.RabbitMq is null;
            // What waits for an archive that is away goes back to its queue then; without it a node would take 30 s to end.
            host.ConsumerStopTimeout = TimeSpan.FromSeconds(5);
        });
        if (settings.RabbitMq is { } broker && (roles.Desk || roles.FanOut))
        {
            services.AddBusObserver(provider => ActivatorUtilities.CreateInstance<SubmissionTopology>(provider, broker));
        }

        return services;
    }

    private static void Receive<T>(this IBusFactoryConfigurator<T> bus, Roles roles, IBusRegistrationContext context)
        where T : IReceiveEndpointConfigurator
    {
        if (roles.FanOut)
        {
            bus.ReceiveSubmissions(context);
        }

        // An entry is HTML, mostly: escaped for a page that it never stands in, its message would be half as long again.
        bus.ConfigureJsonSerializerOptions(json =>
        {
            json.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
            return json;
        });

        // Each node's own queues: answers for a desk, changes for a ticker.
        bus.ConfigureEndpoints(context);
    }
}
