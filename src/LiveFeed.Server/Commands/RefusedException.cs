using System.Text.Json;

namespace LiveFeed.Server.Commands;

/// <summary>The server's no: its problem+json (RFC 9457) in words.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="kind">The last part of the problem's type, such as <c>entry-exists</c>; empty when it had none.</param>
/// <param name="message">The rule that was broken, and what to do.</param>
internal sealed class RefusedException(int status, string kind, string message) : CommandFailedException(message)
{
    public int Status => status;

    public string Kind => kind;

    public static async Task<RefusedException> FromAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        var status = (int)answer.StatusCode;
        var text = await answer.Content.ReadAsStringAsync(cancellation);
        try
        {
            using var problem = JsonDocument.Parse(text);
            if (problem.RootElement.ValueKind is JsonValueKind.Object)
            {
                string? Read(string name) => problem.RootElement.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
                var detail = Read("detail") ?? Read("title") ?? $"The server answered {status}.";
                var field = Read("field") is { } name && !detail.Contains(name, StringComparison.Ordinal) ? $"{name}: " : "";
                return new(status, Read("type")?.Split('/', '#', ':')[^1] ?? "", Terminal.Line(field + detail));
            }
        }
        catch (JsonException)
        {
            // Not our server's words; the status has to do.
        }

        return new(status, "", $"The server answered {status} {answer.ReasonPhrase} to {answer.RequestMessage?.Method} {answer.RequestMessage?.RequestUri}.");
    }
}
