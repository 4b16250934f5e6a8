using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LiveFeed.Contracts;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using LiveFeed.EndToEnd.Tests.Pictures;
using LiveFeed.Testing;

namespace LiveFeed.EndToEnd.Tests.Commands;

/// <summary>The commands that speak to a server that runs: what they do stands on the air, what they can't do is told.</summary>
public sealed class CommandTests(Servers servers)
{
    [Fact]
    public async Task Feeds_are_created_listed_closed_and_opened_again()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        var livefeed = Livefeed.At(newsroom);

        var created = (await livefeed.RunAsync(["feed", "create", "sturm", "--title", "Sturm über Kiel", "--language", "de", "--time-zone", "Europe/Berlin"])).Done();
        Assert.Contains($"sturm is open: {newsroom.Desk.BaseAddress}sturm", created, StringComparison.Ordinal);
        Assert.Contains("sturm  open  de  Europe/Berlin  Sturm über Kiel", (await livefeed.RunAsync(["feed", "list"])).Done(), StringComparison.Ordinal);
        var json = JsonSerializer.Deserialize<List<Feed>>((await livefeed.RunAsync(["feed", "list", "--json"])).Done(), Wire.Json)!;
        Assert.Equal("Sturm über Kiel", json.Single(feed => feed.Slug == "sturm").Title);

        Assert.Contains("sturm is closed", (await livefeed.RunAsync(["feed", "close", "sturm"])).Done(), StringComparison.Ordinal);
        (await livefeed.RunAsync(["post", "sturm", "--headline", "x"])).Failed(1, "'sturm' is closed");
        Assert.Contains("sturm is open", (await livefeed.RunAsync(["feed", "open", "sturm"])).Done(), StringComparison.Ordinal);
        (await livefeed.RunAsync(["post", "sturm", "--headline", "x"])).Done();

        (await livefeed.RunAsync(["feed", "create", "sturm"])).Failed(1, "a feed named 'sturm' already");
        (await livefeed.RunAsync(["feed", "create", "api"])).Failed(1, "can't be a feed's slug");
        (await livefeed.RunAsync(["feed", "create", "a", "--language", "klingon"])).Failed(1, "BCP 47");
        (await livefeed.RunAsync(["feed", "close", "nowhere"])).Failed(1, "no feed named 'nowhere'");
        (await livefeed.With("LIVEFEED_KEY", "wrong").RunAsync(["feed", "create", "b"])).Failed(1, "API key");
    }

    [Fact]
    public async Task An_item_is_posted_from_arguments_a_file_and_standard_input()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        var livefeed = Livefeed.At(newsroom);
        var reader = await newsroom.FollowAsync();
        var file = Path.Combine(newsroom.Settings["LiveFeed:DataDirectory"], "item.html");
        await File.WriteAllTextAsync(file, "<p>Ґанок — <b>bold</b></p>");
        var id = Guid.CreateVersion7().ToString();
        string[] repeated = ["post", newsroom.Feed, "--id", id, "--headline", "Once"];

        (await livefeed.RunAsync(
            ["post", newsroom.Feed, "--headline", "From arguments", "--body", "*Hello*", "--kind", "breaking", "--tag", "a", "--tag", "b", "--pin", "--key-event",
                "--byline", "Ann", "--source-name", "Radio", "--link", "https://example.org/", "--image-url", "https://example.org/a.jpg", "--image-alt", "Alt"])).Done();
        (await livefeed.RunAsync(["post", newsroom.Feed, "--headline", "From a file", "--file", file, "--html"])).Done();
        (await livefeed.RunAsync(["post", newsroom.Feed, "--headline", "From standard input", "--body", "-"], input: "Перший рядок\n\nдругий")).Done();
        (await livefeed.RunAsync(repeated)).Done();
        var last = JsonSerializer.Deserialize<Entry>((await livefeed.RunAsync([.. repeated, "--json"])).Done(), Wire.Json)!;

        var picture = Path.Combine(newsroom.Settings["LiveFeed:DataDirectory"], "ferry.png");
        await File.WriteAllBytesAsync(picture, Files.Png(640, 480));
        string[] shown = ["post", newsroom.Feed, "--headline", "With a picture", "--picture"];
        (await livefeed.RunAsync([.. shown, picture])).Failed(2, "--image-alt");
        (await livefeed.RunAsync([.. shown, file, "--image-alt", "None"])).Failed(1, "no JPEG");
        var pictured = JsonSerializer.Deserialize<Entry>((await livefeed.RunAsync([.. shown, picture, "--image-alt", "A ferry", "--json"])).Done(), Wire.Json)!;
        Assert.Equal((640, 480, "A ferry"), (pictured.Image!.Width, pictured.Image.Height, pictured.Image.Alt));

        await reader.SeesAsync(pictured);
        Assert.Equal(["From arguments", "From a file", "From standard input", "Once", "With a picture"], reader.Seen.Select(entry => entry.Headline));
        Assert.Equal((id, 4), (last.Id.ToString(), last.Seq));
        var first = reader.Seen[0];
        Assert.Equal((EntryKind.Breaking, true, true, "Ann", "Radio"), (first.Kind, first.Pinned, first.KeyEvent, first.Byline, first.Source?.Name));
        Assert.Equal(["a", "b"], first.Tags);
        Assert.Contains("<em>Hello</em>", first.Html, StringComparison.Ordinal);
        Assert.Contains("Ґанок", reader.Seen[1].Html, StringComparison.Ordinal);
        Assert.Contains("<p>другий</p>", reader.Seen[2].Html, StringComparison.Ordinal);
        (await livefeed.RunAsync(["post", newsroom.Feed, "--id", id, "--headline", "Another"])).Failed(1, "used before");
        (await livefeed.RunAsync(["post", "nowhere", "--headline", "x"])).Failed(1, "no feed named 'nowhere'");
    }

    [Fact]
    public async Task What_is_on_the_air_is_edited_corrected_and_retracted()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        var livefeed = Livefeed.At(newsroom);
        var posted = await newsroom.PublishAsync(new { headline = "Ferry late", link = "https://ferry.example/", pinned = true });
        string[] entry = [newsroom.Feed, posted.Id.ToString()];
        var id = Guid.CreateVersion7().ToString();

        string[] edit = ["edit", .. entry, "--headline", "Ferry very late", "--clear", "link", "--pin", "false", "--id", id];
        (await livefeed.RunAsync(edit)).Done();
        var edited = JsonSerializer.Deserialize<Entry>((await livefeed.RunAsync([.. edit, "--json"])).Done(), Wire.Json)!;
        Assert.Equal(("Ferry very late", null, false, 2), (edited.Headline, edited.Link, edited.Pinned, edited.Revision));
        (await livefeed.RunAsync(["edit", .. entry, "--headline", "x", "--revision", "1"])).Failed(1, "changed");

        (await livefeed.RunAsync(["correct", .. entry, "--headline", "Ferry on time", "--note", "It was never late."])).Done();
        var corrected = Assert.Single((await newsroom.ListAsync()).Entries);
        Assert.Equal(("Ferry on time", "It was never late."), (corrected.Headline, corrected.Correction?.Note));

        (await livefeed.RunAsync(["retract", .. entry, "--note", "There is no ferry."])).Done();
        Assert.Equal(EntryStatus.Retracted, Assert.Single((await newsroom.ListAsync()).Entries).Status);
        (await livefeed.RunAsync(["edit", .. entry, "--headline", "x"])).Failed(1, "");
    }

    [Fact]
    public async Task An_item_is_scheduled_and_goes_on_the_air_unless_it_is_taken_off_the_schedule()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        var livefeed = Livefeed.At(newsroom);
        var reader = await newsroom.FollowAsync();
        string At(TimeSpan after) => Rfc3339.Format(DateTimeOffset.UtcNow + after);

        var never = (await livefeed.RunAsync(["schedule", newsroom.Feed, "--at", At(TimeSpan.FromDays(1)), "--headline", "Never"])).Done().Trim();
        (await livefeed.RunAsync(["schedule", newsroom.Feed, "--cancel", never])).Done();
        (await livefeed.RunAsync(["schedule", newsroom.Feed, "--cancel", never])).Failed(1, "");
        var soon = (await livefeed.RunAsync(["schedule", newsroom.Feed, "--at", At(TimeSpan.FromSeconds(4)), "--headline", "Soon", "--kind", "breaking"])).Done().Trim();

        await Eventually.TrueAsync("the scheduled item is on the air", () => reader.Seen.Any(entry => entry.Id.ToString() == soon));
        Assert.Equal("Soon", Assert.Single((await newsroom.ListAsync()).Entries).Headline);
        (await livefeed.RunAsync(["schedule", newsroom.Feed, "--headline", "x"])).Failed(2, "--at");
        (await livefeed.RunAsync(["schedule", newsroom.Feed, "--headline", "x", "--at", "2001-01-01T00:00:00Z"])).Failed(1, "has passed");
        using var drafts = await newsroom.Desk.GetAsync(new Uri($"/api/feeds/{newsroom.Feed}/drafts", UriKind.Relative));
        // The one that was taken off the schedule; of the one that was refused nothing is left.
        Assert.Equal("Never", Assert.Single((await Newsroom.ReadAsync<JsonElement>(drafts)).GetProperty("drafts").EnumerateArray()).GetProperty("content").GetProperty("headline").GetString());
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_told_in_a_sentence()
    {
        var livefeed = new Livefeed(new Dictionary<string, string>());
        var nowhere = $"http://127.0.0.1:{FreePort.Next()}";

        (await livefeed.RunAsync(["feed", "list", "--server", nowhere])).Failed(1, $"There is no answer from {nowhere}/");
        (await livefeed.RunAsync(["post", "a", "--headline", "x", "--server", nowhere])).Failed(1, "Is the server running?");
        (await livefeed.RunAsync(["tail", "a", "--server", nowhere])).Failed(1, "--server or LIVEFEED_SERVER names another one");
        (await livefeed.RunAsync(["feed", "list", "--server", "nowhere"])).Failed(2, "no address of a server");
    }

    [Fact]
    public async Task Tail_reads_a_feed_for_partners_with_the_key_of_one_that_may_use_programs()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded, new { embedding = "partners" });
        await newsroom.PublishAsync("For partners");
        var wire = await Newsroom.ReadAsync<Partner>(await newsroom.Desk.PostAsJsonAsync("/api/partners", new { name = "The wire", programs = true }));
        var livefeed = Livefeed.At(newsroom);
        (await livefeed.RunAsync(["tail", newsroom.Feed])).Failed(1, "is for partners");
        await using var tail = livefeed.Start(["tail", newsroom.Feed, "--partner", wire.Key]);
        Assert.Contains("For partners", await tail.Process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tail_prints_every_change_once_through_a_restart_of_the_node()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Distributed);
        var port = FreePort.Next();
        var first = await newsroom.PublishAsync("Before");
        await using var node = await ServeAsync(newsroom, port);
        await using var tail = Livefeed.At(newsroom).With("LIVEFEED_SERVER", $"http://127.0.0.1:{port}").Start(["tail", newsroom.Feed, "--json"]);
        var lines = new List<string>();
        tail.Process.OutputDataReceived += (_, line) =>
        {
            lock (lines)
            {
                lines.AddRange(line.Data is null ? [] : [line.Data]);
            }
        };
        tail.Process.BeginOutputReadLine();
        tail.Process.BeginErrorReadLine();
        await SeesAsync(1);

        var edited = await newsroom.EditAsync(first, new { headline = "Before, edited" });
        await SeesAsync(2);
        await node.KillAsync();
        var missed = await newsroom.PublishAsync("While the node was away");
        await using var again = await ServeAsync(newsroom, port);
        await SeesAsync(3);
        var retracted = await newsroom.RetractAsync(edited);
        await SeesAsync(4);

        Assert.Equal(
            [(first.Id, 1), (first.Id, 2), (missed.Id, 3), (first.Id, 4)],
            Printed().Select(entry => (entry.Id, (int)entry.Seq)));
        Assert.Equal((EntryStatus.Retracted, retracted.Revision), (Printed()[^1].Status, Printed()[^1].Revision));

        Task SeesAsync(int count) => Eventually.TrueAsync($"tail has printed {count} changes", () => Printed().Count >= count, TimeSpan.FromMinutes(1));

        List<Entry> Printed()
        {
            lock (lines)
            {
                return [.. lines.Select(line => JsonSerializer.Deserialize<Entry>(line, Wire.Json)!)];
            }
        }
    }

    // A ticker of its own, that can be killed.
    private static async Task<Livefeed.Running> ServeAsync(Newsroom newsroom, int port)
    {
        var node = Livefeed.At(newsroom).With("LiveFeed__Roles", "ticker").Start(["--urls", $"http://127.0.0.1:{port}"]);
        try
        {
            node.Process.BeginOutputReadLine();
            node.Process.BeginErrorReadLine();
            using var client = Newsroom.Client(new Uri($"http://127.0.0.1:{port}"));
            await Eventually.TrueAsync("the node serves", async cancellation =>
            {
                using var ready = await client.GetAsync(new Uri("/health/ready", UriKind.Relative), cancellation);
                return ready.StatusCode == HttpStatusCode.OK;
            });
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }
}
