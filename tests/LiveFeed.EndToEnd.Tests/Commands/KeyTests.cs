using System.Net;
using System.Text;
using LiveFeed.EndToEnd.Tests.BadInput;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using Npgsql;

namespace LiveFeed.EndToEnd.Tests.Commands;

/// <summary>Keys are made, listed and ended on the command line, beside servers that run.</summary>
public sealed class KeyTests(Servers servers)
{
    [Theory, BothModes]
    public async Task A_key_works_as_soon_as_it_is_made_until_it_is_revoked(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        var livefeed = Livefeed.At(newsroom);

        var made = await livefeed.RunAsync(["key", "create", "Ann at night", "--role", "editor", "--feed", newsroom.Feed]);
        var secret = made.Done().Trim();
        var id = secret.Split('_')[1];
        Assert.Matches("^lf_[a-z0-9]{8}_[0-9a-f]{64}$", secret);
        Assert.Contains($"Key {id} for Ann at night", made.Errors, StringComparison.Ordinal);
        Assert.Contains($"{id}  editor  {newsroom.Feed}  never used  Ann at night", (await livefeed.RunAsync(["key", "list"])).Done(), StringComparison.Ordinal);

        using var ann = Newsroom.Client(newsroom.Desk.BaseAddress!, secret);
        using var posted = await ann.SendAsync(newsroom.Post("", new { headline = "By Ann" }));
        Assert.Equal(HttpStatusCode.Created, posted.StatusCode);
        using var elsewhere = await ann.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/api/feeds/other/entries") { Content = new StringContent("{}", Encoding.UTF8, "application/json") });
        await new Refusal(403, "feed-not-yours", "'other'").CheckAsync(elsewhere);
        var listed = (await livefeed.RunAsync(["key", "list"])).Done();
        Assert.Matches($"{id}  editor  {newsroom.Feed}  last used [0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}} [0-9]{{2}}:[0-9]{{2}}Z  Ann at night", listed);
        Assert.DoesNotContain(secret[^64..], listed, StringComparison.Ordinal);

        Assert.Contains($"{id} is revoked", (await livefeed.RunAsync(["key", "revoke", id])).Done(), StringComparison.Ordinal);
        using var refused = await ann.SendAsync(newsroom.Post("", new { headline = "By Ann again" }));
        await new Refusal(401, "sign-in-first", "API key").CheckAsync(refused);
        Assert.Contains($"{id}  editor  {newsroom.Feed}  revoked ", (await livefeed.RunAsync(["key", "list"])).Done(), StringComparison.Ordinal);
        (await livefeed.RunAsync(["key", "revoke", id])).Failed(1, "no key");

        Assert.DoesNotContain(secret[^64..], await StoredAsync(newsroom), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Wrong_usage_and_what_cannot_be_done_are_told()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        var livefeed = Livefeed.At(newsroom);

        (await livefeed.RunAsync(["key", "create"])).Failed(2, "equired argument");
        (await livefeed.RunAsync(["key", "create", "Ann", "--role", "boss"])).Failed(2, "boss");
        (await livefeed.RunAsync(["key", "create", " "])).Failed(2, "A key has a name");
        (await livefeed.RunAsync(["key", "create", "Ann", "--feed", "No_Slug"])).Failed(2, "1 to 64 characters of a-z");
        (await livefeed.RunAsync(["key", "revoke", "nobody"])).Failed(1, "no key 'nobody'");
        using var empty = new EmptyDirectory();
        (await livefeed.With("LiveFeed__DataDirectory", empty.Path).RunAsync(["key", "list"])).Failed(1, "There is no archive at");
        (await livefeed.With("ConnectionStrings__Archive", "nonsense").RunAsync(["key", "list"])).Failed(1, "ConnectionStrings:Archive");
        (await livefeed.With("ConnectionStrings__Archive", "Host=127.0.0.1;Port=9;Username=a;Database=b").RunAsync(["key", "list"])).Failed(1, "archive can't be reached");
    }

    // All that the database holds, as bytes in its file or as rows of its table.
    private static async Task<string> StoredAsync(Newsroom newsroom)
    {
        if (newsroom.Mode is Mode.Distributed)
        {
            await using var source = NpgsqlDataSource.Create(newsroom.Settings["ConnectionStrings:Archive"]);
            await using var rows = await source.CreateCommand("SELECT json_agg(api_keys)::text FROM api_keys").ExecuteReaderAsync();
            Assert.True(await rows.ReadAsync());
            return rows.GetString(0);
        }

        var stored = new StringBuilder();
        foreach (var file in Directory.GetFiles(newsroom.Settings["LiveFeed:DataDirectory"], "archive.db*"))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            stored.Append(await reader.ReadToEndAsync());
        }

        Assert.Contains("Ann at night", stored.ToString(), StringComparison.Ordinal);
        return stored.ToString();
    }

    private sealed class EmptyDirectory : IDisposable
    {
        private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("livefeed-empty-");

        public string Path => directory.FullName;

        public void Dispose() => directory.Delete(recursive: true);
    }
}
