using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using LiveFeed.Contracts;
using LiveFeed.EndToEnd.Tests.BadInput;
using LiveFeed.EndToEnd.Tests.Newsrooms;

namespace LiveFeed.EndToEnd.Tests.Desk;

/// <summary>What the preview shows is what readers get.</summary>
public sealed partial class PreviewTests(OpenNewsrooms newsrooms) : IClassFixture<OpenNewsrooms>
{
    private static readonly object Quote = new
    {
        kind = "quote",
        headline = "The mayor speaks",
        body = "We *will* rebuild.<script>alert(1)</script>",
        byline = "Ann Reporter",
        tags = new[] { "town" },
        source = new { name = "Town hall", url = "https://townhall.example/" },
        keyEvent = true,
    };

    [Theory, BothModes]
    public async Task A_new_item_a_change_and_a_correction_look_as_they_will_on_the_air(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        var before = await PreviewAsync(newsroom, Quote);
        var posted = await newsroom.PublishAsync(Quote);
        Assert.Equal(Still(posted.Html!), Still(before));
        Assert.DoesNotContain("<script", before, StringComparison.Ordinal);

        var (position, change) = ((await newsroom.ListAsync()).Position, new { headline = "The mayor spoke", byline = (string?)null });
        var edit = await PreviewAsync(newsroom, new { action = "edit", entryId = posted.Id, revision = 1, change.headline, change.byline });
        var correction = await PreviewAsync(newsroom, new { action = "correct", entryId = posted.Id, revision = 1, note = "It was the deputy.", headline = "The deputy spoke" });
        Assert.Equal(position, (await newsroom.ListAsync()).Position);
        Assert.Contains("entry-updated", edit, StringComparison.Ordinal);
        var edited = await newsroom.EditAsync(posted, change);
        Assert.Equal(Still(edited.Html!), Still(edit));
        var corrected = await newsroom.CorrectAsync(edited, new { note = "It was the deputy.", headline = "The deputy spoke", byline = "Ann Reporter" });
        Assert.Equal(Still(corrected.Html!), Still(correction));
    }

    [Theory, BothModes]
    public async Task What_is_half_written_is_shown_with_the_rule_that_it_breaks(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        var half = await AskAsync(newsroom, new { headline = "A picture", image = new { url = "https://pictures.example/1.jpg" }, link = "https//x" });
        Assert.Contains("A picture", half.GetProperty("html").GetString(), StringComparison.Ordinal);
        Assert.NotEqual("", half.GetProperty("broken").GetProperty("field").GetString());

        var nothing = await AskAsync(newsroom, new { kind = "breaking" });
        Assert.False(nothing.TryGetProperty("html", out _));

        await new Refusal(400, "invalid", "no such entry", "entryId").CheckAsync(await SendAsync(newsroom, new { action = "edit", entryId = Guid.NewGuid(), revision = 1, headline = "x" }));
        await new Refusal(400, "invalid", "300", "headline").CheckAsync(await SendAsync(newsroom, new { headline = new string('x', 301) }));
    }

    private static async Task<string> PreviewAsync(Newsroom newsroom, object draft)
    {
        var preview = await AskAsync(newsroom, draft);
        Assert.False(preview.TryGetProperty("broken", out var broken), broken.ToString());
        return preview.GetProperty("html").GetString()!;
    }

    private static async Task<JsonElement> AskAsync(Newsroom newsroom, object draft) => await Newsroom.ReadAsync<JsonElement>(await SendAsync(newsroom, draft));

    private static Task<HttpResponseMessage> SendAsync(Newsroom newsroom, object draft) =>
        newsroom.Desk.PostAsJsonAsync(new Uri($"/api/feeds/{newsroom.Feed}/preview", UriKind.Relative), draft, Wire.Json);

    // All but the id, which a new item hasn't got yet, and the time, which goes on.
    private static string Still(string html) => Times().Replace(Ids().Replace(html, "ID"), "TIME");

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f-]{27}")]
    private static partial Regex Ids();

    [GeneratedRegex("<time.*?</time>")]
    private static partial Regex Times();
}
