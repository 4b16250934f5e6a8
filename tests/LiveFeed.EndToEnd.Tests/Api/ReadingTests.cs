using System.Net;
using System.Text.Json;
using LiveFeed.Contracts;
using LiveFeed.EndToEnd.Tests.Newsrooms;

namespace LiveFeed.EndToEnd.Tests.Api;

/// <summary>What programs read: lists, their filters and cursors, single entries and their history; fit for a cache.</summary>
public sealed class ReadingTests(Servers servers)
{
    private const string Shared = "public, max-age=0, s-maxage=1";

    [Theory, BothModes]
    public async Task Every_snapshot_has_a_tag_that_changes_with_it_alone(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        var entry = await newsroom.PublishAsync("Item");
        var entries = $"/api/feeds/{newsroom.Feed}/entries";
        var reader = await newsroom.FollowAsync(node: 0);

        foreach (var (path, cacheControl) in new[] { (entries, Shared), ($"{entries}?limit=5", Shared), ($"{entries}/{entry.Id}", "public, no-cache") })
        {
            var tag = await TagAsync(path, null, HttpStatusCode.OK, cacheControl);
            Assert.Equal(tag, await TagAsync(path, tag, HttpStatusCode.NotModified, cacheControl));
            Assert.Equal(tag, await TagAsync(path, $"W/{tag!.Replace("W/", "", StringComparison.Ordinal)}, \"other\"", HttpStatusCode.NotModified, cacheControl));
            await TagAsync(path, "\"other\"", HttpStatusCode.OK, cacheControl);

            // The list may be as old as what its node was told last, which its Cache-Control allows; who has been pushed the change finds it there.
            entry = await newsroom.EditAsync(entry, new { pinned = !entry.Pinned });
            await reader.SeesAsync(entry);
            Assert.NotEqual(tag, await TagAsync(path, tag, HttpStatusCode.OK, cacheControl));
        }

        // An entry's tag is what the desk's If-Match takes.
        Assert.Equal($"\"{entry.Revision}\"", await TagAsync($"{entries}/{entry.Id}", null, HttpStatusCode.OK, "public, no-cache"));
        Assert.NotEqual(
            await TagAsync($"{entries}?limit=5", null, HttpStatusCode.OK, Shared),
            await TagAsync($"{entries}?limit=5&include=body", null, HttpStatusCode.OK, Shared));

        async Task<string?> TagAsync(string path, string? held, HttpStatusCode expected, string cacheControl)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.TryAddWithoutValidation("If-None-Match", held);
            using var response = await newsroom.Ticker.SendAsync(request);
            Assert.Equal((expected, cacheControl), (response.StatusCode, response.Headers.GetValues("Cache-Control").Single()));
            Assert.Equal(expected is HttpStatusCode.NotModified, (await response.Content.ReadAsByteArrayAsync()).Length == 0);
            return response.Headers.ETag?.ToString();
        }
    }

    [Theory, BothModes]
    public async Task Lists_are_filtered_by_tag_and_key_event_and_leave_bodies_out_unless_asked(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        await newsroom.PublishAsync(new { headline = "Rain", body = "*Wet*", tags = new[] { "rain", "weather" } });
        await newsroom.PublishAsync(new { headline = "Flood", tags = new[] { "flood", "weather" }, keyEvent = true });
        await newsroom.PublishAsync(new { headline = "Goal", tags = new[] { "sport" }, keyEvent = true });
        await newsroom.PublishAsync(new { headline = "Mud", tags = new[] { "rainfall" } });

        Assert.Equal(["Flood", "Rain"], await HeadlinesAsync("tag=weather"));
        Assert.Equal(["Rain"], await HeadlinesAsync("tag=rain"));
        Assert.Equal(["Goal", "Flood"], await HeadlinesAsync("keyEvents=true"));
        Assert.Equal(["Flood"], await HeadlinesAsync("keyEvents=true&tag=weather"));
        Assert.Equal(["Mud", "Goal", "Flood", "Rain"], await HeadlinesAsync("keyEvents=false"));
        Assert.Empty(await HeadlinesAsync("tag=%25"));
        Assert.All((await newsroom.ListAsync()).Entries, entry => Assert.Null(entry.Body));
        Assert.Equal("*Wet*", (await newsroom.ListAsync("include=body&tag=rain")).Entries.Single().Body);

        var page = await newsroom.ListAsync("tag=weather&limit=1");
        Assert.Equal("Rain", Assert.Single((await newsroom.ListAsync($"tag=weather&limit=1&before={page.Next}")).Entries).Headline);

        async Task<IEnumerable<string?>> HeadlinesAsync(string query) => (await newsroom.ListAsync(query)).Entries.Select(entry => entry.Headline);
    }

    [Theory, BothModes]
    public async Task What_changed_since_a_position_is_listed_once_and_in_order(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        var first = await newsroom.PublishAsync("First");
        var start = (await newsroom.ListAsync()).Position;
        await newsroom.PublishAsync("Second");
        var edited = await newsroom.EditAsync(first, new { headline = "First, edited" });
        await newsroom.EditAsync(edited, new { headline = "First, edited twice" });
        await newsroom.PublishAsync("Third");

        var changes = await newsroom.ListAsync($"since={start}");
        Assert.Equal([2, 4, 5], changes.Entries.Select(entry => entry.Seq));
        Assert.Equal(5, changes.Position.Seq);
        Assert.Null(changes.Next);

        var (seen, position) = (new List<long>(), start.ToString());
        for (var more = true; more;)
        {
            var page = await newsroom.ListAsync($"since={position}&limit=1");
            seen.AddRange(page.Entries.Select(entry => entry.Seq));
            more = page.Next is not null;
            position = page.Next ?? page.Position.ToString();
        }

        Assert.Equal([2, 4, 5], seen);
        Assert.Empty((await newsroom.ListAsync($"since={position}")).Entries);
    }

    [Theory, BothModes]
    public async Task An_entry_shows_its_revisions_the_first_one_first(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        var entry = await newsroom.PublishAsync(new { headline = "One", body = "Text" });
        var edited = await newsroom.EditAsync(entry, new { headline = "Two" });
        await newsroom.CorrectAsync(edited, new { headline = "Three", note = "It was three." });

        var history = await newsroom.Ticker.GetStringAsync(new Uri($"/api/feeds/{newsroom.Feed}/entries/{entry.Id}/revisions?include=body", UriKind.Relative));

        var revisions = JsonDocument.Parse(history).RootElement.GetProperty("revisions").Deserialize<List<Entry>>(Wire.Json)!;
        Assert.Equal([(1, "One", "Text"), (2, "Two", "Text"), (3, "Three", "Text")], revisions.Select(one => (one.Revision, one.Headline!, one.Body!)));
        Assert.Equal([null, null, "It was three."], revisions.Select(one => one.Correction?.Note));
    }

    [Theory, BothModes]
    public async Task The_text_of_a_withdrawn_entry_is_nowhere_to_be_read(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        const string Secret = "Zanzibar";
        await newsroom.PublishAsync("Before");
        var entry = await newsroom.PublishAsync(new
        {
            headline = Secret,
            body = Secret,
            byline = Secret,
            tags = new[] { Secret },
            source = new { name = Secret },
            image = new { url = $"https://example.org/{Secret}.jpg", alt = Secret },
            link = $"https://example.org/{Secret}",
            keyEvent = true,
            pinned = true,
        });
        var edited = await newsroom.CorrectAsync(entry, new { body = $"{Secret} again", note = $"It was {Secret}" });
        var start = new Position((await newsroom.ListAsync()).Position.Epoch, 0);
        // Every copy there is has been read once, so that one that is kept would show.
        Assert.All(await ReadEverythingAsync(), text => Assert.Contains(Secret, text, StringComparison.Ordinal));

        var tombstone = await newsroom.RetractAsync(edited, "Named somebody by mistake.");

        foreach (var node in Enumerable.Range(0, newsroom.Tickers.Count))
        {
            await (await newsroom.FollowAsync(node)).SeesAsync(tombstone);
        }

        var reader = await newsroom.FollowAsync(node: 1);
        var late = await newsroom.FollowAsync(node: 1, position: start.ToString());
        await using var stream = await EventReader.OpenAsync(newsroom, node: 1, start.ToString());
        await using var fresh = await EventReader.OpenAsync(newsroom, node: 0);
        var texts = await ReadEverythingAsync();
        texts.AddRange(reader.Seen.Concat(late.Seen).Select(seen => JsonSerializer.Serialize(seen, Wire.Json)));
        texts.AddRange([(await stream.NextAsync()).Data, (await stream.NextAsync()).Data, (await fresh.NextAsync()).Data]);
        Assert.All(texts, text => Assert.DoesNotContain(Secret, text, StringComparison.OrdinalIgnoreCase));
        Assert.Empty((await newsroom.ListAsync($"tag={Secret}")).Entries);
        Assert.DoesNotContain((await newsroom.ListAsync("keyEvents=true")).Entries, one => one.Id == entry.Id);

        async Task<List<string>> ReadEverythingAsync()
        {
            var entries = $"/api/feeds/{newsroom.Feed}/entries";
            var paths = new[]
            {
                entries, $"{entries}?limit=100&include=body", $"{entries}?since={start}", $"{entries}?since={start}&include=body",
                $"{entries}/{entry.Id}?include=body", $"{entries}/{entry.Id}/revisions?include=body", $"/{newsroom.Feed}", $"/{newsroom.Feed}/{entry.Id}",
            };
            var read = new List<string>();
            foreach (var ticker in newsroom.Tickers)
            {
                using var client = Newsroom.Client(ticker);
                foreach (var path in paths)
                {
                    using var response = await client.GetAsync(new Uri(path, UriKind.Relative));
                    read.Add(await response.Content.ReadAsStringAsync());
                }
            }

            return read;
        }
    }
}
