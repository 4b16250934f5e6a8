using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using LiveFeed.Contracts;

namespace LiveFeed.Server.Commands;

/// <summary><c>feed create|list|close|open|archive</c>.</summary>
internal static class FeedCommand
{
    public static Command Create() => new("feed", "Creates, lists, closes, reopens and archives feeds.") { CreateFeed(), List(), Close(), Open(), PutAway() };

    private static Command CreateFeed()
    {
        var slug = Slug();
        var title = new Option<string?>("--title") { Description = "Its name for people; the slug unless given." };
        var language = new Option<string?>("--language") { Description = "A BCP 47 tag, such as uk or pt-BR; en unless given." };
        var timeZone = new Option<string?>("--time-zone") { Description = "An IANA name, such as Europe/Kyiv; UTC unless given." };
        var command = new Command("create", "Creates a feed.") { slug, title, language, timeZone };
        var server = ServerOptions.AddTo(command);
        server.SetAction(command, async (parsed, client, cancellation) =>
        {
            var feed = await CreateAsync(
                client, parsed.GetRequiredValue(slug), parsed.GetValue(title), parsed.GetValue(language), parsed.GetValue(timeZone), cancellation);
            await parsed.InvocationConfiguration.Output.WriteLineAsync($"{feed.Slug} is open: {new Uri(server.Server(parsed), feed.Slug)}");
        });
        return command;
    }

    /// <summary>Creates a feed.</summary>
    public static Task<Feed> CreateAsync(
        NewsroomClient client, string slug, string? title, string? language, string? timeZone, CancellationToken cancellation)
    {
        var wanted = new JsonObject { ["slug"] = slug };
        foreach (var (name, value) in new[] { ("title", title), ("language", language), ("timeZone", timeZone) })
        {
            if (value is not null)
            {
                wanted[name] = value;
            }
        }

        return client.WriteAsync<Feed>(HttpMethod.Post, "api/feeds", wanted, null, null, cancellation);
    }

    private static Command List()
    {
        var json = new Option<bool>("--json") { Description = "As JSON." };
        var command = new Command("list", "Lists the feeds.") { json };
        var server = ServerOptions.AddTo(command);
        server.SetAction(command, async (parsed, client, cancellation) =>
        {
            var feeds = (await client.GetAsync<FeedList>("api/feeds", cancellation)).Feeds;
            var output = parsed.InvocationConfiguration.Output;
            foreach (var feed in parsed.GetValue(json) ? [] : feeds)
            {
                await output.WriteLineAsync($"{feed.Slug}  {feed.Status.ToString().ToLowerInvariant()}  {feed.Language}  {feed.TimeZone}  {Terminal.Line(feed.Title)}");
            }

            if (parsed.GetValue(json))
            {
                await output.WriteLineAsync(JsonSerializer.Serialize(feeds, Wire.Json));
            }
        });
        return command;
    }

    private static Command Close() => Status("close", "Closes a feed: it can be read, nothing is added or changed.", FeedStatus.Closed);

    private static Command Open() => Status("open", "Reopens a feed.", FeedStatus.Open);

    private static Command PutAway() => Status("archive", "Closes a feed and takes it out of the lists of the pages; its addresses stay.", FeedStatus.Archived);

    private static Command Status(string name, string description, FeedStatus status)
    {
        var slug = Slug();
        var command = new Command(name, description) { slug };
        var server = ServerOptions.AddTo(command);
        server.SetAction(command, async (parsed, client, cancellation) =>
        {
            var word = status.ToString().ToLowerInvariant();
            var feed = await client.WriteAsync<Feed>(
                HttpMethod.Patch, $"api/feeds/{parsed.GetRequiredValue(slug)}", new JsonObject { ["status"] = word }, null, null, cancellation);
            await parsed.InvocationConfiguration.Output.WriteLineAsync($"{feed.Slug} is {feed.Status.ToString().ToLowerInvariant()}.");
        });
        return command;
    }

    /// <summary>The argument that names a feed.</summary>
    public static Argument<string> Slug()
    {
        var slug = new Argument<string>("feed") { Description = "The feed's slug: 1 to 64 of a-z, 0-9 and the hyphen." };
        slug.Validators.Add(result =>
        {
            if (EntryRules.CheckSlug("feed", result.GetValueOrDefault<string>()) is { } broken)
            {
                result.AddError(broken.Rule);
            }
        });
        return slug;
    }

    private sealed record FeedList(IReadOnlyList<Feed> Feeds);
}
