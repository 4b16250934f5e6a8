using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LiveFeed.Desk;

/// <summary>Answers with a page that is behind <see cref="PageRoleFilter.ForSignedIn"/>.</summary>
internal static class StaffPages
{
    /// <summary>The page, shown to whoever is signed in: it has a parameter <c>Session</c> beside these.</summary>
    public static RazorComponentResult<TPage> Page<TPage>(HttpContext http, int status, params (string Name, object? Value)[] parameters) where TPage : IComponent =>
        new(new Dictionary<string, object?>(parameters.Select(one => KeyValuePair.Create(one.Name, one.Value))) { [nameof(StaffPage.Session)] = http.Session() })
        {
            StatusCode = status,
        };
}
