using LiveFeed.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LiveFeed.Desk;

/// <summary>Where administrators say which sites may show the feeds that aren't for every site. Plain forms, as for people.</summary>
internal static class PartnersPages
{
    /// <summary>The address of the page.</summary>
    public const string Path = "/desk/partners";

    public static void MapPartnersPages(this IEndpointRouteBuilder app)
    {
        var partners = app.MapDeskForms().WithMetadata(new BodyLimit()).ForSignedIn(DeskRole.Admin).MapGroup("/partners");
        partners.MapGet("", (HttpContext http, PartnerDesk desk, Archive.Feeds feeds) => ShowAsync(http, desk, feeds));
        partners.MapPost("", AddAsync).WithMetadata(new NotedAs("addPartner"));
        partners.MapPost("/{partner}", ChangeAsync).WithMetadata(new NotedAs("changePartner"));
        partners.MapPost("/{partner}/removal", RemoveAsync).WithMetadata(new NotedAs("removePartner"));
    }

    private static async Task<IResult> AddAsync(HttpContext http, PartnerDesk desk, Archive.Feeds feeds)
    {
        var typed = Typed(http);
        var wanted = new NewPartner { Name = typed.Name, Origins = typed.Origins, Feeds = typed.Feeds, Sandboxed = typed.Sandboxed, Programs = typed.Programs };
        return wanted.Check(await feeds.ListAsync(http.RequestAborted)) is { } broken ? await RefusedAsync(http, desk, feeds, broken, typed)
            : await desk.AddAsync(wanted, http.RequestAborted) is { } partner ? await ShowAsync(http, desk, feeds, done: http.Words()["partners.added", ("name", partner.Name)])
            : await ShowAsync(http, desk, feeds, alert: http.Words()["partners.exists", ("name", wanted.Name)], typed: typed, status: StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> ChangeAsync(string partner, HttpContext http, PartnerDesk desk, Archive.Feeds feeds)
    {
        var change = Typed(http);
        return change.Check(await feeds.ListAsync(http.RequestAborted)) is { } broken ? await RefusedAsync(http, desk, feeds, broken)
            : await desk.ChangeAsync(partner, change, http.RequestAborted) switch
            {
                ({ } changed, _) => await ShowAsync(http, desk, feeds, done: http.Words()["partners.changed", ("name", changed.Name)]),
                (_, true) => await ShowAsync(http, desk, feeds, alert: http.Words()["partners.exists", ("name", change.Name)], status: StatusCodes.Status409Conflict),
                _ => await GoneAsync(http, desk, feeds),
            };
    }

    private static async Task<IResult> RemoveAsync(string partner, HttpContext http, PartnerDesk desk, Archive.Feeds feeds) =>
        await desk.RemoveAsync(partner, http.RequestAborted) ? await ShowAsync(http, desk, feeds, done: http.Words()["partners.removed"]) : await GoneAsync(http, desk, feeds);

    private static PartnerChange Typed(HttpContext http)
    {
        var form = http.Request.Form;
        return new()
        {
            Name = form["name"].ToString().Trim(),
            Origins = form["origins"].ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
            Feeds = [.. form["feed"].OfType<string>().Distinct()],
            Sandboxed = form["sandboxed"] == "true",
            Programs = form["programs"] == "true",
        };
    }

    private static Task<IResult> RefusedAsync(HttpContext http, PartnerDesk desk, Archive.Feeds feeds, BrokenRule broken, PartnerChange? typed = null) =>
        ShowAsync(
            http, desk, feeds, alert: http.Words().Rule(broken.Field is "name" ? "line" : broken.Field, broken.Field is "origins" ? Partner.MostOrigins : EntryRules.NameLimit), typed: typed,
            status: StatusCodes.Status400BadRequest);

    private static Task<IResult> GoneAsync(HttpContext http, PartnerDesk desk, Archive.Feeds feeds) =>
        ShowAsync(http, desk, feeds, alert: http.Words()["partners.gone"], status: StatusCodes.Status404NotFound);

    private static async Task<IResult> ShowAsync(
        HttpContext http, PartnerDesk desk, Archive.Feeds feeds, string? alert = null, string? done = null, PartnerChange? typed = null, int status = StatusCodes.Status200OK) =>
        StaffPages.Page<PartnersPage>(
            http, status,
            (nameof(PartnersPage.Partners), await desk.ListAsync(http.RequestAborted)),
            (nameof(PartnersPage.Feeds), await feeds.ListAsync(http.RequestAborted)),
            (nameof(PartnersPage.Alert), alert),
            (nameof(PartnersPage.Done), done),
            (nameof(PartnersPage.Typed), typed));
}
