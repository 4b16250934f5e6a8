using System.Text.Json;
using LiveFeed.Contracts;
using LiveFeed.Testing;

namespace LiveFeed.Rendering.Tests;

/// <summary>Bodies of a real live blog and of six wires.</summary>
public sealed class RealBodies
{
    [Fact]
    public void Live_blog_and_wire_bodies_are_shown_whole_and_without_harm()
    {
        var bodies = Directory.GetFiles(Repository.Data, "*.json", SearchOption.AllDirectories)
            .Where(file => !Path.GetFileName(file).Contains("schema", StringComparison.Ordinal))
            .SelectMany(HtmlIn)
            .ToList();

        Assert.InRange(bodies.Count, 30, 1000);
        foreach (var html in bodies)
        {
            var article = Shown.Article(Shown.Entry with { Body = html, BodyFormat = BodyFormat.Html });
            Shown.AssertHarmless(article);
            Assert.NotEmpty(article.QuerySelector(".entry-body")!.TextContent);
        }
    }

    [Fact]
    public void A_wires_whole_document_becomes_paragraphs()
    {
        var html = HtmlIn(Path.Combine(Repository.Data, "ninjs", "tt_text_image_3.json")).First(text => text.Contains("<figure", StringComparison.Ordinal));
        var body = Shown.Html(html);

        Assert.NotEmpty(body.QuerySelectorAll("figure > img[loading=lazy]"));
        Assert.InRange(body.QuerySelectorAll("p").Length, 2, 100);
        Assert.DoesNotContain(body.QuerySelectorAll("*"), element => element.LocalName is "h1" or "h2" or "section" or "article");
    }

    private static IEnumerable<string> HtmlIn(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(file));
        return [.. Strings(document.RootElement).Where(text => text.Contains("</", StringComparison.Ordinal) && !text.StartsWith("<TTNITF", StringComparison.Ordinal))];
    }

    private static IEnumerable<string> Strings(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().SelectMany(property => Strings(property.Value)),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(Strings),
        JsonValueKind.String => [json.GetString()!],
        _ => [],
    };
}
