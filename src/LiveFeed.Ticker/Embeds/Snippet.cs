using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;

namespace LiveFeed.Ticker.Embeds;

/// <summary>What a partner pastes into a page.</summary>
/// <param name="Server">This server, <c>https://host</c>.</param>
/// <param name="Feed">The feed's slug.</param>
/// <param name="Chosen">How it is to look.</param>
public sealed record Snippet(string Server, string Feed, FrameRequest Chosen)
{
    /// <summary>How high a frame is, in pixels; it keeps the height it was given.</summary>
    private int Height => Chosen.Form switch { "card" => 240, "tape" => 56, _ => 416 };

    /// <summary>The widget's line. The room is there before the script is, so that nothing moves when it comes.</summary>
    public string Script(string script = "embed.js", string pin = "") =>
        $"<script async src=\"{Server}/{script}{Chosen.Keys}\"{pin}></script><live-feed{Attributes} style=\"display:block;min-height:{Height}px\"><a href=\"{Server}/{Feed}\">{Feed}</a></live-feed>";

    /// <summary>The line of those who pin the script (W3C Subresource Integrity).</summary>
    public string Pinned(EmbedScript script) => Script($"embed-{script.Version}.js", $" crossorigin integrity=\"{script.Integrity}\"");

    /// <summary>The frame's line, for pages that take no scripts.</summary>
    public string Frame => $"<iframe src=\"{Server}{Attribute(FrameAddress)}\" title=\"{Feed}\" width=\"100%\" height=\"{Height}\" loading=\"lazy\" style=\"border:0\"></iframe>";

    /// <summary>The frame's address on this server.</summary>
    public string FrameAddress => $"/embed/{Feed}{QueryString.Create(Query.Where(pair => !string.IsNullOrEmpty(pair.Value))) + Chosen.Keys}";

    private IEnumerable<KeyValuePair<string, string?>> Query =>
    [
        new("form", Chosen.Form), new("theme", Chosen.Theme), new("entries", Chosen.Count), new("lang", Chosen.Language), new("tag", Chosen.Tag),
        new("keyEvents", Chosen.KeyEvents == "true" ? "true" : null),
    ];

    private string Attributes
    {
        get
        {
            var text = new StringBuilder($" feed=\"{Feed}\"");
            foreach (var (name, value) in Query.Where(pair => !string.IsNullOrEmpty(pair.Value)))
            {
                text.Append(name == "keyEvents" ? " key-events" : $" {name}=\"{Attribute(value!)}\"");
            }

            return text.ToString();
        }
    }

    private static string Attribute(string text) => HtmlEncoder.Default.Encode(text);
}
