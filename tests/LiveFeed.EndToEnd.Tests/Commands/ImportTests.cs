using System.Text.Json;
using LiveFeed.Contracts;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using LiveFeed.Testing;

namespace LiveFeed.EndToEnd.Tests.Commands;

/// <summary>Real news goes through the whole system, and doing it again changes nothing.</summary>
public sealed class ImportTests(Servers servers)
{
    [Theory, BothModes]
    public async Task A_real_live_blog_stands_on_the_page_with_its_pictures_and_key_events(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        var livefeed = Livefeed.At(newsroom);
        var reader = await newsroom.FollowAsync(node: 1);
        string[] import = ["import", Path.Combine(Repository.Data, "liveblog", "mars-landing.json"), "--feed", newsroom.Feed];

        Assert.Contains("Done: ", (await livefeed.RunAsync(import)).Done(), StringComparison.Ordinal);
        var imported = await newsroom.ListAsync();
        Assert.Contains("Importing the file again changes nothing", (await livefeed.RunAsync(import)).Done(), StringComparison.Ordinal);
        Assert.Equal(JsonSerializer.Serialize(imported, Wire.Json), JsonSerializer.Serialize(await newsroom.ListAsync(), Wire.Json));

        Assert.Equal(13, imported.Entries.Count);
        Assert.Contains(imported.Entries, entry => entry.KeyEvent);
        Assert.Equal(imported.Entries.Select(entry => entry.PublishedAt).OrderDescending(), imported.Entries.Where(entry => !entry.Pinned).Select(entry => entry.PublishedAt));
        Assert.All(imported.Entries, entry => Assert.DoesNotContain("<script", entry.Html, StringComparison.OrdinalIgnoreCase));
        Assert.Contains(imported.Entries, entry => entry.Html!.Contains("<img", StringComparison.Ordinal));
        await reader.SeesAsync(imported.Entries.MaxBy(entry => entry.Seq)!);
        Assert.Equal(imported.Entries.Select(entry => (entry.Id, entry.Seq, entry.Html)), reader.Ticker.Select(entry => (entry.Id, entry.Seq, entry.Html)));
        var page = await newsroom.Ticker.GetStringAsync(new Uri($"/{newsroom.Feed}", UriKind.Relative));
        Assert.All(imported.Entries, entry => Assert.Contains($"entry-{entry.Id}", page, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("dpa_text.json")]
    [InlineData("ntb_text.json")]
    [InlineData("tt_text_image_3.json")]
    [InlineData("ap_image.json")]
    [InlineData("ninjsExSimpleText_3.json")]
    public async Task A_real_wire_item_stands_on_the_page(string file)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        var livefeed = Livefeed.At(newsroom);
        string[] import = ["import", Path.Combine(Repository.Data, "ninjs", file), "--feed", "wire", "--create"];

        Assert.Contains("Created the feed wire", (await livefeed.RunAsync(import)).Done(), StringComparison.Ordinal);
        var first = await newsroom.Ticker.GetStringAsync(new Uri("/api/feeds/wire/entries?include=body", UriKind.Relative));
        (await livefeed.RunAsync(import)).Done();

        Assert.Equal(first, await newsroom.Ticker.GetStringAsync(new Uri("/api/feeds/wire/entries?include=body", UriKind.Relative)));
        var entry = Assert.Single(JsonSerializer.Deserialize<EntryPage>(first, Wire.Json)!.Entries);
        var page = await newsroom.Ticker.GetStringAsync(new Uri("/wire", UriKind.Relative));
        Assert.Contains(entry.Html!, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_none_is_refused_before_anything_is_published()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        var livefeed = Livefeed.At(newsroom);

        foreach (var text in new[] { "", "not JSON", "{}", "[]", "[1]", """{"title":"x"}""", """{"title":"x","blocks":7}""" })
        {
            var ran = await livefeed.RunAsync(["import", "-", "--feed", newsroom.Feed], input: text);
            Assert.True(ran.Code == 1 && ran.Errors.Length > 0 && !ran.Errors.Contains("   at ", StringComparison.Ordinal), $"'{text}' ended with {ran}");
        }

        Assert.Empty((await newsroom.ListAsync()).Entries);
    }
}
