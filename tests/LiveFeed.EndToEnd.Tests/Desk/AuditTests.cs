using System.Net;
using System.Text.Json;
using Dapper;
using LiveFeed.Archive.Databases;
using LiveFeed.Contracts;
using LiveFeed.Desk;
using LiveFeed.EndToEnd.Tests.BadInput;
using LiveFeed.EndToEnd.Tests.Commands;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using LiveFeed.Testing;
using Microsoft.Extensions.DependencyInjection;
using static LiveFeed.EndToEnd.Tests.Desk.Staffing;

namespace LiveFeed.EndToEnd.Tests.Desk;

/// <summary>What was done at the desk, and refused, is on record, and the record can't be changed unseen.</summary>
public sealed class AuditTests(Servers servers)
{
    [Theory, BothModes]
    public async Task Every_write_and_refusal_is_noted_with_who_and_what_came_of_it(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        using var reporter = await newsroom.WriterAsync(DeskRole.Reporter);
        var entry = await newsroom.PublishAsync("Noted");
        var (drafts, draft) = (new Drafts(newsroom.Feed, reporter), Guid.CreateVersion7());
        await drafts.SavedAsync(draft, new { headline = "To be submitted" });
        await drafts.DecidedAsync(draft, "submission", seen: 1);
        using var stale = await newsroom.Desk.SendAsync(newsroom.Patch(entry with { Revision = 7 }, new { headline = "Stale" }));
        for (var i = 0; i < 70; i++)
        {
            using var refused = await reporter.SendAsync(newsroom.Post("", new { headline = "Not allowed" }));
            using var stranger = await newsroom.Ticker.SendAsync(new HttpRequestMessage(HttpMethod.Post, $"{newsroom.Desk.BaseAddress}api/feeds"));
            Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized), (refused.StatusCode, stranger.StatusCode));
        }

        await newsroom.RetractAsync(entry);
        var rows = await Eventually.ReadsAsync("the retraction is noted", _ => RowsAsync(newsroom), rows => rows.Any(row => row.Action == "retractEntry"));

        var published = Assert.Single(rows, row => row.Action == "publishEntry" && Status(row) == 201);
        Assert.Equal(("admin", "admin-key", $"/api/feeds/{newsroom.Feed}/entries/{entry.Id}", "1"),
            (published.By, published.ById, published.Target, published.Details.GetProperty("version").GetString()));
        Assert.NotNull(published.Address);
        Assert.EndsWith($"/drafts/{draft}/submission", Assert.Single(rows, row => row.Action == "submitDraft" && row.By == "Somebody").Target, StringComparison.Ordinal);
        Assert.Equal("/problems/conflict", Assert.Single(rows, row => row.Action == "editEntry").Details.GetProperty("problem").GetString());
        // Nobody fills the archive by being refused, and who has no key is counted only.
        Assert.InRange(rows.Count(row => Status(row) == 403 && row.By == "Somebody"), 55, 60);
        Assert.DoesNotContain(rows, row => Status(row) == 401 || row.Action == "saveDraft");
        Assert.Equal(Enumerable.Range(1, rows.Count).Reverse().Select(seq => (long)seq), rows.Select(row => row.Seq));
        Assert.Equal(rows.Skip(1).Select(row => row.Hash), rows.SkipLast(1).Select(row => row.Previous));
    }

    [Theory, BothModes]
    public async Task Who_came_in_and_what_the_command_line_did_is_noted_too(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        var (ida, browser) = await newsroom.JoinedAsync("Ida", DeskRole.Editor);
        using var desk = browser;
        await SaysAsync(200, "is changed", desk.SendAsync("/desk/account/password", ("current", Browser.Password), ("password", "five words by the river"), ("again", "five words by the river")));
        var livefeed = Livefeed.At(newsroom);
        var id = (await livefeed.RunAsync(["key", "create", "The wire"])).Done().Split('_')[1];
        (await livefeed.RunAsync(["key", "revoke", id])).Done();
        (await livefeed.RunAsync(["key", "revoke", id])).Failed(1, "no key");
        (await livefeed.RunAsync(["person", "invite", "Jo"])).Done();
        (await livefeed.RunAsync(["person", "remove", "Jo"])).Done();

        var rows = await Eventually.ReadsAsync("the password is noted", _ => RowsAsync(newsroom), rows => rows.Any(row => row.Action == "changeOwnPassword"));

        var came = Assert.Single(rows, row => row.Action == "signIn");
        Assert.Equal(("Ida", $"account-{ida.Id}", "/desk/join"), (came.By, came.ById, came.Target));
        Assert.NotNull(came.Address);
        Assert.Equal("Ida", Assert.Single(rows, row => row.Action == "changeOwnPassword").By);
        Assert.Equal(
            [("removePerson", "/api/people", "Jo"), ("invitePerson", "/api/people", "Jo"), ("revokeKey", $"/api/keys/{id}", id), ("createKey", $"/api/keys/{id}", "The wire")],
            rows.Where(row => row.ById == "command-line").Select(row => (row.Action, row.Target, row.Details.GetProperty("name").GetString()!)));
        Assert.DoesNotContain(rows, row => row.Details.ToString().Contains("words by", StringComparison.Ordinal));
    }

    [Theory, BothModes]
    public async Task A_row_that_was_changed_and_a_change_that_is_missing_are_found(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        for (var i = 0; i < 3; i++)
        {
            await newsroom.PublishAsync($"Number {i}");
        }

        var rows = await PublishedAsync(newsroom, 3);
        var livefeed = Livefeed.At(newsroom);
        var whole = (await livefeed.RunAsync(["verify"])).Done();
        Assert.Contains("3 changes: whole", whole, StringComparison.Ordinal);
        Assert.Contains($"audit log with {rows.Count} rows: whole, head {rows.Count}:{rows[0].Hash}", whole, StringComparison.Ordinal);
        var exported = (await livefeed.RunAsync(["audit", "export"])).Done().TrimEnd().Split('\n');
        Assert.Equal(rows.Select(row => row.Hash).Reverse(), exported.Select(line => JsonSerializer.Deserialize<AuditRow>(line, Wire.Json)!.Hash));

        await ChangeAsync(newsroom, "UPDATE audit_log SET by_name = 'somebody else' WHERE seq = 3");
        await ChangeAsync(newsroom, $"DELETE FROM revisions WHERE feed = '{newsroom.Feed}' AND seq = 2");
        var broken = await livefeed.RunAsync(["verify"]);

        Assert.Equal(1, broken.Code);
        Assert.Contains("audit log: row 3 was changed", broken.Errors, StringComparison.Ordinal);
        Assert.Contains($"feed {newsroom.Feed}: its log ends at seq 3, and has 2 changes", broken.Errors, StringComparison.Ordinal);
        await ChangeAsync(newsroom, "UPDATE audit_log SET by_name = 'admin' WHERE seq = 3");
    }

    [Fact]
    public async Task However_the_audit_log_is_tampered_with_it_is_found()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        for (var i = 0; i < 4; i++)
        {
            await newsroom.PublishAsync($"Number {i}");
        }

        var rows = await PublishedAsync(newsroom, 4);
        await using var services = newsroom.Keys();
        var log = services.GetRequiredService<AuditLog>();
        Assert.Equal((rows.Count, null), await CheckAsync());
        (string Tampering, string Fault)[] ways =
        [
            ("UPDATE audit_log SET details = '{}' WHERE seq = 4", "row 4 was changed"),
            ("UPDATE audit_log SET address = NULL WHERE seq = 4", "row 4 was changed"),
            ("UPDATE audit_log SET previous = hash WHERE seq = 4", "row 4 doesn't follow"),
            ("DELETE FROM audit_log WHERE seq = 4", "row 4 is missing: row 5 comes"),
            ("DELETE FROM audit_log WHERE seq > 3", "row 4 is missing, and all after it"),
            ("DELETE FROM audit_head", "audit_head"),
        ];
        foreach (var (tampering, fault) in ways)
        {
            await ChangeAsync(newsroom, $"CREATE TABLE kept AS SELECT * FROM audit_log; {tampering};");
            var found = await CheckAsync();
            Assert.True(found.Fault?.Contains(fault, StringComparison.Ordinal), $"{tampering}: {found.Fault}");
            await ChangeAsync(newsroom, "DELETE FROM audit_log; INSERT INTO audit_log SELECT * FROM kept; DROP TABLE kept;");
        }

        async Task<(long Rows, string? Fault)> CheckAsync() => await log.CheckAsync(CancellationToken.None) is var check ? (check.Rows, check.Fault) : default;
    }

    private static int Status(AuditRow row) => row.Details.TryGetProperty("status", out var status) ? status.GetInt32() : 0;

    /// <summary>The whole log, when so many publishes are noted in it.</summary>
    private static Task<IReadOnlyList<AuditRow>> PublishedAsync(Newsroom newsroom, int count) => Eventually.ReadsAsync(
        "all is noted", _ => RowsAsync(newsroom), rows => rows.Count(row => row.Action == "publishEntry" && Status(row) == 201) == count);

    private static async Task<IReadOnlyList<AuditRow>> RowsAsync(Newsroom newsroom) =>
        (await Newsroom.ReadAsync<AuditPage>(await newsroom.Desk.GetAsync(new Uri("/api/audit?limit=100", UriKind.Relative)))).Rows;

    private static async Task ChangeAsync(Newsroom newsroom, string sql)
    {
        await using var services = newsroom.Keys();
        await using var write = await services.GetRequiredService<ArchiveDatabase>().BeginWriteAsync(CancellationToken.None);
        await write.Connection.ExecuteAsync(sql, transaction: write.Transaction);
        await write.CommitAsync(CancellationToken.None);
    }
}
