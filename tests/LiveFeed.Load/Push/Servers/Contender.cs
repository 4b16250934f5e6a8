using System.Text;
using System.Text.Json;

namespace LiveFeed.Load.Push.Servers;

/// <summary>A server that is measured, and how one speaks with it.</summary>
/// <param name="Name">As it stands in the table.</param>
/// <param name="Program">The words after <c>dotnet</c>; <c>{0}</c> stands for the port.</param>
/// <param name="Settings">Environment variables.</param>
/// <param name="ReadyPath">What answers with 200 when it is ready; null when listening is enough.</param>
/// <param name="FeedsPath">Where feeds are made; null when a name is enough.</param>
/// <param name="ReadersPath">Where readers connect.</param>
/// <param name="Follow">The call with which a reader follows a feed from a position; null when being connected is enough.</param>
/// <param name="PublishPath">Where a feed's items are posted.</param>
/// <param name="Item">What is posted: a headline and a text.</param>
internal sealed record Contender(
    string Name,
    IReadOnlyList<string> Program,
    IReadOnlyDictionary<string, string> Settings,
    string? ReadyPath,
    string? FeedsPath,
    string ReadersPath,
    Func<string, string?, byte[]>? Follow,
    Func<string, string> PublishPath,
    Func<string, string, byte[]> Item)
{
    /// <summary>A key with every right at the LiveFeed that is measured; it lives as long as the measurement.</summary>
    public static string Key { get; } = Guid.NewGuid().ToString("N");

    /// <summary>A plain loop of send().</summary>
    public static Contender Floor { get; } = new(
        "floor", [Own, "floor", "{0}"], new Dictionary<string, string> { ["DOTNET_gcServer"] = "0" },
        ReadyPath: null, FeedsPath: null, "/", Follow: null, _ => "/publish",
        (headline, text) => Encoding.UTF8.GetBytes($$"""{"type":1,"target":"Updated","arguments":[{"headline":"{{headline}}","text":"{{text}}"}]}{{'\x1e'}}"""));

    /// <summary>SignalR as it comes.</summary>
    public static Contender Stock { get; } = new(
        "stock SignalR", [Own, "stock", "{0}"], new Dictionary<string, string>(),
        ReadyPath: null, FeedsPath: null, "/hub", (feed, _) => Call("Follow", feed),
        feed => $"/publish/{feed}", (headline, text) => JsonSerializer.SerializeToUtf8Bytes(new { headline, text }));

    /// <summary>LiveFeed with everything embedded.</summary>
    /// <param name="server">The published <c>LiveFeed.Server.dll</c>.</param>
    /// <param name="data">An empty directory for its data.</param>
    public static Contender LiveFeed(string server, string data) => new(
        "LiveFeed", [server, "--urls", "http://127.0.0.1:{0}"],
        new Dictionary<string, string>
        {
            ["LiveFeed__AdminKey"] = Key,
            ["LiveFeed__DataDirectory"] = data,
            ["Logging__LogLevel__Default"] = "Warning",
        },
        "/health/ready", "/api/feeds", "/hubs/ticker", (feed, position) => Call("Follow", feed, position), feed => $"/api/feeds/{feed}/entries",
        (headline, body) => JsonSerializer.SerializeToUtf8Bytes(new { headline, body }));

    private static string Own => typeof(Contender).Assembly.Location;

    private static byte[] Call(string target, params string?[] arguments) =>
        [.. JsonSerializer.SerializeToUtf8Bytes(new { type = 1, invocationId = "1", target, arguments }), 0x1e];
}
