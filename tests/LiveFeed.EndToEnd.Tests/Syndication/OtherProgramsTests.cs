using System.Text.Json;
using LiveFeed.Contracts;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using LiveFeed.Server.Commands;
using LiveFeed.Testing;

namespace LiveFeed.EndToEnd.Tests.Syndication;

/// <summary>What others have written reads a feed of real items, and finds nothing wrong with it.</summary>
public sealed class OtherProgramsTests(Servers servers)
{
    [Theory, BothModes]
    public async Task Validators_and_readers_of_others_find_real_items_right(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        var reader = await newsroom.FollowAsync();
        string[] wires = ["dpa_text.json", "tt_text_image_3.json", "ntb_text.json", "ap_image.json", "ninjsExSimpleText_3.json"];
        foreach (var file in (string[])["liveblog/mars-landing.json", .. wires.Select(wire => $"ninjs/{wire}")])
        {
            Assert.Equal(0, await CommandLine.RunAsync(
                ["import", Path.Combine(Repository.Data, file), "--feed", newsroom.Feed, "--server", newsroom.Desk.BaseAddress!.ToString(), "--key", Newsroom.AdminKey]));
        }

        var entries = (await newsroom.ListAsync("limit=20")).Entries.Where(entry => entry.Headline is not null).ToList();
        await newsroom.CorrectAsync(entries[0], new { note = "A name was spelt wrong." });
        await reader.SeesAsync(await newsroom.RetractAsync(entries[1], "This was a draft."));

        Assert.Empty(await OtherProgram.ValidateAtomAsync(await OtherProgram.GetAsync(newsroom, "atom.xml")));
        Assert.Equal("[]", $"{await OtherProgram.ReadsAsync("ninjs", At(newsroom, "ninjs.json"), Path.Combine(Repository.Data, "ninjs", "ninjs-schema_3.0.json"))}");
        foreach (var format in new[] { "rss.xml", "atom.xml" })
        {
            var read = await OtherProgram.ReadsAsync("rss", At(newsroom, format));
            var titles = read.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("title").GetString()).ToList();
            Assert.Equal("Test feed", read.GetProperty("title").GetString());
            Assert.Contains(entries[2].Headline, titles);
            Assert.DoesNotContain(entries[1].Headline, titles);
            Assert.Contains(titles, title => title!.StartsWith("This item was withdrawn", StringComparison.Ordinal));
        }
    }

    [Theory, BothModes]
    public async Task An_Atom_document_that_breaks_the_rules_would_be_found(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        await newsroom.PublishAsync("Crane topples");
        var document = await OtherProgram.GetAsync(newsroom, "atom.xml");

        Assert.Contains("error", await OtherProgram.ValidateAtomAsync(document.Replace("<updated>", "<updated>about ", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Theory, BothModes]
    public async Task A_program_with_eventsource_sees_each_change_as_it_comes(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        var entry = await newsroom.PublishAsync("Crane falls");
        using var program = OtherProgram.Start("events", new Uri(newsroom.Tickers[0], $"/api/feeds/{newsroom.Feed}/stream"));
        try
        {
            Assert.Equal("Crane falls", Assert.Single((await NextAsync()).GetProperty("data").GetProperty("entries").EnumerateArray()).GetProperty("headline").GetString());

            entry = await newsroom.EditAsync(entry, new { headline = "Crane topples" });
            Assert.Equal("Crane topples", (await NextAsync()).GetProperty("data").GetProperty("headline").GetString());

            entry = await newsroom.RetractAsync(entry, "This was a draft.");
            var last = await NextAsync();
            Assert.Equal(("updated", "retracted"), (last.GetProperty("name").GetString(), last.GetProperty("data").GetProperty("status").GetString()));
            Assert.True(Position.TryParse(last.GetProperty("id").GetString(), out var position));
            Assert.Equal(entry.Seq, position.Seq);
        }
        finally
        {
            program.StandardInput.Close();
            await program.WaitForExitAsync();
        }

        async Task<JsonElement> NextAsync() =>
            JsonDocument.Parse((await program.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30)))!).RootElement;
    }

    private static Uri At(Newsroom newsroom, string format) => new(newsroom.Tickers[0], $"/{newsroom.Feed}/{format}");
}
