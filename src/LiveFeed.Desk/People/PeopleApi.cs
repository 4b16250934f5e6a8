using LiveFeed.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace LiveFeed.Desk;

/// <summary>The newsroom's people: who they are and what they may do.</summary>
internal static class PeopleApi
{
    public static void MapPeople(this IEndpointRouteBuilder app)
    {
        var people = app.MapGroup("/api/people").RequireRole(DeskRole.Admin, allFeeds: true).WithTags("Desk").WithMetadata(new BodyLimit())
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden);
        people.MapGet("/", ListAsync).WithName("listPeople").WithSummary("Lists the newsroom's people, by name.").Produces<IReadOnlyList<Person>>();
        people.MapPost("/", InviteAsync).WithName("invitePerson").WithSummary("Invites somebody, and answers the link by which they come in, once.")
            .Accepts<NewPerson>("application/json").Produces<Invitation>(StatusCodes.Status201Created).TakesJson().ProducesProblem(StatusCodes.Status409Conflict);
        people.MapPatch("/{person}", ChangeAsync).WithName("changePerson").WithSummary("Changes somebody's name, e-mail address or role. It counts at their next request.")
            .Accepts<PersonChange>("application/json").Produces<Person>().TakesJson().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        people.MapDelete("/{person}", RemoveAsync).WithName("removePerson").WithSummary("Removes somebody's account, and signs them out everywhere. What they wrote stays.")
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        people.MapPost("/{person}/invitation", InviteAgainAsync).WithName("invitePersonAgain")
            .WithSummary("Makes a new link for somebody who lost theirs, or every way in. Using it ends their password, codes, passkeys and sessions.")
            .Produces<Invitation>(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status404NotFound);
        people.MapDelete("/{person}/sessions", SignOutAsync).WithName("signPersonOut").WithSummary("Signs somebody out everywhere.")
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> ListAsync(HttpContext http, People people)
    {
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Json(await people.ListAsync(http.RequestAborted), Wire.Json);
    }

    private static async Task<IResult> InviteAsync(HttpContext http, Staff staff)
    {
        var (body, problem) = await JsonBody<NewPerson>.ReadAsync(http);
        return problem is not null ? problem
            : body!.Value.Check() is { } broken ? Problems.Invalid(broken)
            : await staff.InviteAsync(body.Value, http.RequestAborted) is { } invited ? Invited(http, invited)
            : Problems.PersonExists();
    }

    private static async Task<IResult> InviteAgainAsync(string person, HttpContext http, Staff staff) =>
        await staff.InviteAgainAsync(person, http.RequestAborted) is { } invited ? Invited(http, invited) : Problems.UnknownPerson();

    private static async Task<IResult> ChangeAsync(string person, HttpContext http, Staff staff, People people)
    {
        var (body, problem) = await JsonBody<PersonChange>.ReadAsync(http);
        if (problem is not null)
        {
            return problem;
        }

        if ((body!.Value.Check() ?? body.Emptied) is { } broken)
        {
            return Problems.Invalid(broken);
        }

        if (body.Value.Role is not null && IsSelf(http, person))
        {
            return Problems.OwnAccount();
        }

        return await staff.ChangeAsync(person, body.Value, http.RequestAborted) switch
        {
            Staff.Outcome.Taken => Problems.PersonExists(),
            Staff.Outcome.Done when await people.FindAsync(person, http.RequestAborted) is { } changed => TypedResults.Json(changed, Wire.Json),
            _ => Problems.UnknownPerson(),
        };
    }

    private static async Task<IResult> RemoveAsync(string person, HttpContext http, Staff staff) =>
        IsSelf(http, person) ? Problems.OwnAccount()
        : await staff.RemoveAsync(person, http.RequestAborted) is Staff.Outcome.Done ? TypedResults.NoContent() : Problems.UnknownPerson();

    private static async Task<IResult> SignOutAsync(string person, HttpContext http, Staff staff) =>
        await staff.SignOutAsync(person, http.RequestAborted) is Staff.Outcome.Done ? TypedResults.NoContent() : Problems.UnknownPerson();

    private static JsonHttpResult<Invitation> Invited(HttpContext http, (Person Person, string Secret, DateTimeOffset ExpiresAt) invited)
    {
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Json(Invitations.At(http.Request, invited), Wire.Json, statusCode: StatusCodes.Status201Created);
    }

    // Who takes their own role away by mistake finds nobody to give it back.
    private static bool IsSelf(HttpContext http, string person) => http.Writer().Id == Gate.WriterId(person);
}
