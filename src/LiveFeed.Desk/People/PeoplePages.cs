using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LiveFeed.Desk;

/// <summary>Where administrators invite people, change what they may do, and let them go. All of it is plain forms: it works on any telephone.</summary>
internal static class PeoplePages
{
    /// <summary>The address of the page.</summary>
    public const string Path = "/desk/people";

    public static void MapPeoplePages(this IEndpointRouteBuilder app)
    {
        var people = app.MapDeskForms().WithMetadata(new BodyLimit()).ForSignedIn(DeskRole.Admin).MapGroup("/people");
        people.MapGet("", (HttpContext http, People all) => ShowAsync(http, all));
        people.MapPost("", InviteAsync).WithMetadata(new NotedAs("invitePerson"));
        people.MapPost("/{person}/invitation", InviteAgainAsync).WithMetadata(new NotedAs("invitePersonAgain"));
        people.MapPost("/{person}/role", ChangeRoleAsync).WithMetadata(new NotedAs("changePerson"));
        people.MapPost("/{person}/sign-out", SignOutAsync).WithMetadata(new NotedAs("signPersonOut"));
        people.MapPost("/{person}/removal", RemoveAsync).WithMetadata(new NotedAs("removePerson"));
    }

    private static async Task<IResult> InviteAsync(HttpContext http, People people, Staff staff)
    {
        var form = http.Request.Form;
        var wanted = new NewPerson
        {
            Name = form["name"].ToString().Trim(),
            Email = form["email"].ToString().Trim() is { Length: > 0 } email ? email : null,
            Role = RoleChoice.Read(form["role"].ToString()),
        };
        return wanted.Check() is { } broken ? await ShowAsync(http, people, alert: http.Words().Rule(broken.Field, NewPerson.NameLimit), typed: wanted, status: StatusCodes.Status400BadRequest)
            : await staff.InviteAsync(wanted, http.RequestAborted) is { } invited ? await ShowAsync(http, people, invitation: Invitations.At(http.Request, invited))
            : await ShowAsync(http, people, alert: http.Words()["people.taken"], typed: wanted, status: StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> InviteAgainAsync(string person, HttpContext http, People people, Staff staff) =>
        await staff.InviteAgainAsync(person, http.RequestAborted) is { } invited
            ? await ShowAsync(http, people, invitation: Invitations.At(http.Request, invited))
            : await GoneAsync(http, people);

    private static async Task<IResult> ChangeRoleAsync(string person, HttpContext http, People people, Staff staff) =>
        RoleChoice.Read(http.Request.Form["role"].ToString()) is not { } role || IsSelf(http, person) ? await ShowAsync(http, people, alert: http.Words()["people.ownRole"], status: StatusCodes.Status400BadRequest)
        : await staff.ChangeAsync(person, new PersonChange { Role = role }, http.RequestAborted) is Staff.Outcome.Done ? await ShowAsync(http, people, done: http.Words()["people.roleChanged"])
        : await GoneAsync(http, people);

    private static async Task<IResult> SignOutAsync(string person, HttpContext http, People people, Staff staff) =>
        await staff.SignOutAsync(person, http.RequestAborted) is Staff.Outcome.Done ? await ShowAsync(http, people, done: http.Words()["people.signedOut"]) : await GoneAsync(http, people);

    private static async Task<IResult> RemoveAsync(string person, HttpContext http, People people, Staff staff) =>
        IsSelf(http, person) ? await ShowAsync(http, people, alert: http.Words()["people.ownRemoval"], status: StatusCodes.Status400BadRequest)
        : await staff.RemoveAsync(person, http.RequestAborted) is Staff.Outcome.Done ? await ShowAsync(http, people, done: http.Words()["people.removed"])
        : await GoneAsync(http, people);

    private static Task<IResult> GoneAsync(HttpContext http, People people) =>
        ShowAsync(http, people, alert: http.Words()["people.gone"], status: StatusCodes.Status404NotFound);

    private static async Task<IResult> ShowAsync(
        HttpContext http, People people, string? alert = null, string? done = null, Invitation? invitation = null, NewPerson? typed = null, int status = StatusCodes.Status200OK) =>
        StaffPages.Page<PeoplePage>(
            http, status,
            (nameof(PeoplePage.People), await people.ListAsync(http.RequestAborted)),
            (nameof(PeoplePage.Alert), alert),
            (nameof(PeoplePage.Done), done),
            (nameof(PeoplePage.Invitation), invitation),
            (nameof(PeoplePage.Typed), typed));

    private static bool IsSelf(HttpContext http, string person) => http.Session().AccountId == person;
}
