using System.Text;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using LiveFeed.Testing;
using Npgsql;

namespace LiveFeed.EndToEnd.Tests.Commands;

/// <summary>What can't be used (a key, a file, an archive) is told in a sentence, at once; nothing ends in a stack trace.</summary>
public sealed class FailureTests(Servers servers)
{
    [Theory]
    [InlineData("lf_abcdefgh_0\r")]
    [InlineData("lf_abcdefgh_0\nX-Forged: 1")]
    [InlineData("ключ")]
    public async Task A_key_that_no_request_can_carry_is_wrong_usage(string key)
    {
        // Nobody answers there: it is told before anything is sent.
        var livefeed = new Livefeed(new Dictionary<string, string> { ["LIVEFEED_SERVER"] = $"http://127.0.0.1:{FreePort.Next()}", ["LIVEFEED_KEY"] = key });

        (await livefeed.RunAsync(["feed", "list"])).Failed(2, "LIVEFEED_KEY");
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_told_and_nothing_is_published()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        var livefeed = Livefeed.At(newsroom);
        var folder = newsroom.Settings["LiveFeed:DataDirectory"];
        var latin1 = Path.Combine(folder, "latin1.txt");
        await File.WriteAllTextAsync(latin1, "caf\u00e9", Encoding.Latin1);
        var utf16 = Path.Combine(folder, "utf16.txt");
        await File.WriteAllTextAsync(utf16, "caf\u00e9", Encoding.Unicode);

        (await livefeed.RunAsync(["import", "", "--feed", newsroom.Feed])).Failed(2, "A file has a name");
        (await livefeed.RunAsync(["post", newsroom.Feed, "--headline", "x", "--file", ""])).Failed(2, "A file has a name");
        (await livefeed.RunAsync(["post", newsroom.Feed, "--headline", "x", "--file", folder])).Failed(1, "can't be read");
        (await livefeed.RunAsync(["post", newsroom.Feed, "--headline", "x", "--file", Path.Combine(folder, "none")])).Failed(1, "can't be read");
        foreach (var file in new[] { latin1, utf16 })
        {
            (await livefeed.RunAsync(["post", newsroom.Feed, "--headline", "x", "--file", file])).Failed(1, "isn't text in UTF-8");
            (await livefeed.RunAsync(["import", file, "--feed", newsroom.Feed])).Failed(1, "isn't text in UTF-8");
        }

        Assert.Empty((await newsroom.ListAsync()).Entries);

        // The mark that some editors put before UTF-8 is none of the text.
        var marked = Path.Combine(folder, "marked.txt");
        await File.WriteAllTextAsync(marked, "caf\u00e9", new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        (await livefeed.RunAsync(["post", newsroom.Feed, "--headline", "x", "--file", marked])).Done();
        Assert.Equal("caf\u00e9", Assert.Single((await newsroom.ListAsync("include=body")).Entries).Body);
    }

    [Theory]
    [InlineData("key", "list")]
    [InlineData("serve", "--urls", "http://127.0.0.1:0")]
    public async Task An_archive_that_is_none_is_told(params string[] command)
    {
        await using var data = await TestDirectory.MakeAsync();
        var postgres = new NpgsqlConnectionStringBuilder(await (await servers.PostgresAsync()).CreateDatabaseAsync()) { Database = "nowhere" };

        foreach (var broken in new[] { new string('x', 10_000), $"SQLite format 3\0{new string('\x01', 10_000)}" })
        {
            var folder = data.Next();
            var file = Path.Combine(folder, "archive.db");
            await File.WriteAllTextAsync(file, broken);

            (await With("LiveFeed__DataDirectory", folder).RunAsync(command)).Failed(1, $"The archive {file} can't be used");
            Assert.Equal(broken, await File.ReadAllTextAsync(file));
        }

        (await With("ConnectionStrings__Archive", postgres.ConnectionString).RunAsync(command)).Failed(1, "ConnectionStrings:Archive: The archive can't be used");
        (await With("ConnectionStrings__Archive", $"Host=127.0.0.1;Port={FreePort.Next()};Username=a;Password=secret;Database=b").RunAsync(command))
            .Failed(1, "ConnectionStrings:Archive: The archive can't be reached");

        Livefeed With(string setting, string value) => new(new Dictionary<string, string> { ["LiveFeed__DataDirectory"] = data.Next(), [setting] = value });
    }

    [Fact]
    public async Task A_key_has_a_name_that_its_items_can_carry()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);

        (await Livefeed.At(newsroom).RunAsync(["key", "create", "Ann\nAdmin"])).Failed(2, "one line");
        (await Livefeed.At(newsroom).RunAsync(["key", "create", new string('x', 201)])).Failed(2, "at most 200");
    }
}
