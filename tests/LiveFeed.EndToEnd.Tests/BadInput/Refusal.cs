using System.Net;
using System.Text.Json;
using LiveFeed.Contracts;
using LiveFeed.EndToEnd.Tests.Newsrooms;

namespace LiveFeed.EndToEnd.Tests.BadInput;

/// <summary>How something is refused: problem+json that names the rule; nothing stored, nothing pushed.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Type">The last part of the problem's type.</param>
/// <param name="Says">What its detail says, in part.</param>
/// <param name="Field">The field that it names, if it is one.</param>
public sealed record Refusal(int Status, string Type, string Says, string? Field = null)
{
    /// <summary>Sends a request that is to be refused, with everything about it checked.</summary>
    /// <returns>The problem.</returns>
    public async Task<JsonElement> OfAsync(Newsroom newsroom, HttpRequestMessage request, HttpClient? writer = null)
    {
        ArgumentNullException.ThrowIfNull(newsroom);
        var reader = await newsroom.FollowAsync(node: 1);
        var before = await newsroom.ListAsync("limit=100&include=body");
        var seen = reader.Seen.Count;

        using var response = await (writer ?? newsroom.Desk).SendAsync(request);
        var problem = await CheckAsync(response);

        var after = await newsroom.ListAsync("limit=100&include=body");
        Assert.Equal(JsonSerializer.Serialize(before, Wire.Json), JsonSerializer.Serialize(after, Wire.Json));

        // What was pushed would have come before this good item; it comes alone.
        var good = await newsroom.PublishAsync("A good item");
        await reader.SeesAsync(good);
        Assert.Equal(good.Id, Assert.Single(reader.Seen.Skip(seen)).Id);
        Assert.Equal(before.Position.Seq + 1, good.Seq);
        await reader.DisposeAsync();
        return problem;
    }

    /// <summary>Checks a response, whatever it may have done.</summary>
    public async Task<JsonElement> CheckAsync(HttpResponseMessage response)
    {
        ArgumentNullException.ThrowIfNull(response);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True((HttpStatusCode)Status == response.StatusCode, $"{(int)response.StatusCode} in the place of {Status}: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = JsonSerializer.Deserialize<JsonElement>(text);
        Assert.Equal($"/problems/{Type}", problem.GetProperty("type").GetString());
        Assert.Equal(Status, problem.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.GetProperty("title").GetString()!);
        Assert.Contains(Says, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(Field, problem.TryGetProperty("field", out var field) ? field.GetString() : null);
        // Internals stay inside.
        Assert.DoesNotContain("System.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", text, StringComparison.Ordinal);
        return problem;
    }
}
