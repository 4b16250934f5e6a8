using LiveFeed.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LiveFeed.Desk;

/// <summary>Where administrators make keys for other systems, see which are used, and end them. Plain forms, as for people.</summary>
internal static class KeysPages
{
    /// <summary>The address of the page.</summary>
    public const string Path = "/desk/keys";

    public static void MapKeysPages(this IEndpointRouteBuilder app)
    {
        var keys = app.MapDeskForms().WithMetadata(new BodyLimit()).ForSignedIn(DeskRole.Admin).MapGroup("/keys");
        keys.MapGet("", (HttpContext http, KeyRing ring, Archive.Feeds feeds) => ShowAsync(http, ring, feeds));
        keys.MapPost("", CreateAsync).WithMetadata(new NotedAs("createKey"));
        keys.MapPost("/{key}/revocation", RevokeAsync).WithMetadata(new NotedAs("revokeKey"));
    }

    private static async Task<IResult> CreateAsync(HttpContext http, KeyRing ring, Archive.Feeds feeds)
    {
        var form = http.Request.Form;
        var wanted = new NewKey
        {
            Name = form["name"].ToString().Trim(),
            Role = RoleChoice.Read(form["role"].ToString()),
            Feeds = [.. form["feed"].OfType<string>().Distinct()],
        };
        return wanted.Check(await feeds.ListAsync(http.RequestAborted)) is { } broken
            ? await ShowAsync(http, ring, feeds, alert: http.Words().Rule(broken.Field is "name" ? "line" : broken.Field, EntryRules.NameLimit), typed: wanted, status: StatusCodes.Status400BadRequest)
            : await ShowAsync(http, ring, feeds, made: await ring.CreateAsync(wanted.Name, wanted.Role!.Value, wanted.Feeds, http.RequestAborted));
    }

    private static async Task<IResult> RevokeAsync(string key, HttpContext http, KeyRing ring, Archive.Feeds feeds) =>
        await ring.RevokeAsync(key, http.RequestAborted)
            ? await ShowAsync(http, ring, feeds, done: http.Words()["keys.revoked"])
            : await ShowAsync(http, ring, feeds, alert: http.Words()["keys.gone"], status: StatusCodes.Status404NotFound);

    private static async Task<IResult> ShowAsync(
        HttpContext http, KeyRing ring, Archive.Feeds feeds, string? alert = null, string? done = null, MadeKey? made = null, NewKey? typed = null, int status = StatusCodes.Status200OK) =>
        StaffPages.Page<KeysPage>(
            http, status,
            (nameof(KeysPage.Keys), await ring.ListAsync(http.RequestAborted)),
            (nameof(KeysPage.Feeds), await feeds.ListAsync(http.RequestAborted)),
            (nameof(KeysPage.Alert), alert),
            (nameof(KeysPage.Done), done),
            (nameof(KeysPage.Made), made),
            (nameof(KeysPage.Typed), typed));
}
