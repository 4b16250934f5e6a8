using LiveFeed.Contracts;
using LiveFeed.Rendering;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LiveFeed.FanOut;

/// <summary>Puts the fan-out into a host.</summary>
public static class FanOutServices
{
    /// <summary>Adds what turns submissions into entries.</summary>
    public static IServiceCollection AddFanOut(this IServiceCollection services)
    {
        // The desk, which previews entries, may have added it.
        services.TryAddSingleton<EntryWriter>();
        return services.AddSingleton<RecentChanges>().AddSingleton<SubmissionGroup>().AddSingleton<Lanes>();
    }

    /// <summary>Adds the consumer of <see cref="SubmitEntry"/>.</summary>
    public static void AddFanOut(this IBusRegistrationConfigurator bus) =>
        bus.AddConsumer<SubmitEntryConsumer, SubmitEntryConsumerDefinition>();

    /// <summary>Has the consumer work off each of <see cref="SubmissionQueues"/>.</summary>
    public static void ReceiveSubmissions(this IBusFactoryConfigurator bus, IRegistrationContext context)
    {
        ArgumentNullException.ThrowIfNull(bus);
        foreach (var name in SubmissionQueues.Names)
        {
            bus.ReceiveEndpoint(name, queue =>
            {
                SubmitEntryConsumerDefinition.ConfigureQueue(queue);
                queue.ConfigureConsumer<SubmitEntryConsumer>(context);
            });
        }
    }
}
