using LiveFeed.Rendering;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LiveFeed.Desk;

/// <summary>Puts the desk into a host.</summary>
public static class DeskServices
{
    /// <summary>Most bytes of a request's body: the longest body, every character escaped, and room for the rest.</summary>
    public const long BodyLimit = 512 * 1024;

    /// <summary>Adds what writers need: the keys, the session, the way to the broker and back.</summary>
    /// <param name="services">What the host has.</param>
    /// <param name="provider">The newsroom's identity provider; null when it has none.</param>
    public static IServiceCollection AddDesk(this IServiceCollection services, OpenIdProvider? provider = null)
    {
        services.AddDeskKeys();
        services.AddSingleton<Answers>().AddSingleton<Submissions>().AddSingleton<Receipts>().AddSingleton<ReaderBook>().AddSingleton<TickerNotices>().AddSingleton<FeedDesk>().AddSingleton<PartnerDesk>().AddSingleton<Gate>();
        services.TryAddSingleton<EntryWriter>();
        services.AddSingleton<DraftBook>().AddSingleton<DraftPublication>().AddSingleton<PictureDesk>();
        services.AddHostedService<FirstFeed>().AddHostedService<DraftsDue>().AddHostedService<ReaderMinutes>();
        services.AddSingleton<AuditTrail>().AddHostedService(provider => provider.GetRequiredService<AuditTrail>());
        services.AddRazorComponents();
        services.AddSingleton<PasswordSignIn.Decoy>().AddScoped<PasswordSignIn>().AddSingleton<SignInRate>().AddSingleton<RefusedSignIns>().AddScoped<Passkeys>().AddSingleton<SecondStep>().AddSingleton<OwnAccountView>();
        services.AddSingleton<PastRevisions>();
        if (provider is not null)
        {
            services.AddOpenId(provider);
        }

        return services;
    }

    /// <summary>Adds the keys, the accounts, the sign-in links and the audit log alone, for the command line.</summary>
    public static IServiceCollection AddDeskKeys(this IServiceCollection services) =>
        services.AddSingleton<KeyRing>().AddSingleton<SignInLinks>().AddSingleton<AuditLog>().AddAccounts();

    /// <summary>Adds the consumers of the fan-out's answers and of the tickers' reports, on queues of this node's own.</summary>
    public static void AddDesk(this IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<AnswersConsumer, AnswersConsumerDefinition>();
        bus.AddConsumer<ReadersReportedConsumer, ReadersReportedConsumerDefinition>();
    }

    /// <summary>Takes the answers of the newsroom's identity provider, if it has one.</summary>
    public static void UseDesk(this IApplicationBuilder app) => OpenIdSignIn.Use(app);

    /// <summary>Maps the API and the page.</summary>
    public static IEndpointRouteBuilder MapDesk(this IEndpointRouteBuilder app)
    {
        app.MapFeeds();
        app.MapEntries();
        app.MapHistory();
        app.MapReceipts();
        app.MapReaders();
        app.MapDrafts();
        app.MapDraftDecisions();
        app.MapPreview();
        app.MapPictures();
        app.MapDraftSchedule();
        app.MapPeople();
        app.MapKeys();
        app.MapPartners();
        app.MapAudit();
        app.MapSignIn();
        app.MapJoin();
        app.MapPeoplePages();
        app.MapKeysPages();
        app.MapPartnersPages();
        app.MapFeedsPages();
        app.MapHistoryPages();
        app.MapOwnAccount();
        app.MapDeskPage();
        return app;
    }
}

/// <summary>Refuses bodies over <see cref="DeskServices.BodyLimit"/> before they are read.</summary>
internal sealed class BodyLimit : IRequestSizeLimitMetadata
{
    public long? MaxRequestBodySize => DeskServices.BodyLimit;
}
