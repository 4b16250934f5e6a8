using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LiveFeed.Desk;

/// <summary>Notes every write at the desk and every refusal there. It stands before the gate, and so before whatever needs a role.</summary>
internal sealed class AuditFilter(AuditTrail trail, TimeProvider clock) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var result = await next(context);
        var http = context.HttpContext;
        var answer = result is INestedHttpResult nested ? nested.Result : result;
        var status = (answer as IStatusCodeHttpResult)?.StatusCode ?? StatusCodes.Status200OK;
        var refused = status is StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden;
        var reads = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);
        if (!refused && (reads || http.GetEndpoint()?.Metadata.GetMetadata<NotNoted>() is not null))
        {
            return result;
        }

        var note = new AuditNote(
            clock.GetUtcNow(), http.Features.Get<Writer>(), http.Connection.RemoteIpAddress,
            ActionOf(http),
            http.Response.Headers.Location.ToString() is { Length: > 0 } made ? made : http.Request.Path.ToUriComponent(),
            Details(http, answer, status));
        if (status >= StatusCodes.Status400BadRequest)
        {
            trail.NoteRefusal(note);
        }
        else
        {
            trail.Note(note);
        }

        return result;
    }

    private static string ActionOf(HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetMetadata<NotedAs>()?.Action ?? http.GetEndpoint()?.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? http.Request.Method;

    private static Dictionary<string, object?> Details(HttpContext http, object? answer, int status)
    {
        var details = new Dictionary<string, object?> { ["status"] = status };
        if (answer is IValueHttpResult { Value: Microsoft.AspNetCore.Mvc.ProblemDetails problem })
        {
            details["problem"] = problem.Type;
        }

        if (http.Response.Headers.ETag.ToString() is { Length: > 0 } tag)
        {
            details["version"] = tag.Trim('"');
        }

        return details;
    }
}

/// <summary>Says of an endpoint that what it does isn't noted: it is called at every pause in the typing or begins something only, and changes nothing that others see.</summary>
internal sealed class NotNoted;

/// <summary>Says of a form what is done by it, as the endpoint of the API is named that does the same.</summary>
/// <param name="Action">The name.</param>
internal sealed record NotedAs(string Action);
