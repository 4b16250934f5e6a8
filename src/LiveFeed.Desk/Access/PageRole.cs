using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;

namespace LiveFeed.Desk;

/// <summary>Says of a page, and of the forms on it, what the role of whoever is signed in must be at least.</summary>
/// <param name="Role">The least role.</param>
public sealed record PageRole(DeskRole Role);

/// <summary>Puts pages behind a sign-in. Keys open no pages.</summary>
internal static class PageRoleFilter
{
    /// <summary>Shows these pages to those who are signed in with at least this role, and the way in to everybody else.</summary>
    public static TBuilder ForSignedIn<TBuilder>(this TBuilder pages, DeskRole needed) where TBuilder : IEndpointConventionBuilder =>
        pages.WithMetadata(new PageRole(needed)).AddEndpointFilter<TBuilder, AuditFilter>().AddEndpointFilter(async (context, next) =>
        {
            var http = context.HttpContext;
            if (await http.RequestServices.GetRequiredService<Sessions>().FindAsync(http) is not { } session)
            {
                return SignIn.Page(http, StatusCodes.Status401Unauthorized);
            }

            http.Features.Set(session);
            http.Features.Set(Gate.WriterOf(session));
            if (session.Role < needed)
            {
                return new RazorComponentResult<NotForYouPage>(new Dictionary<string, object?> { [nameof(NotForYouPage.Session)] = session, [nameof(NotForYouPage.Needed)] = needed })
                {
                    StatusCode = StatusCodes.Status403Forbidden,
                };
            }

            return await next(context);
        });

    /// <summary>Who was let through.</summary>
    public static Session Session(this HttpContext http) => http.Features.Get<Session>() ?? throw new InvalidOperationException("The page isn't behind a sign-in.");
}
