using Dapper;
using LiveFeed.Contracts;
using static LiveFeed.Archive.Tests.Newsroom;

namespace LiveFeed.Archive.Tests;

/// <summary>The log gives every change its place once, and stores nothing that it refused.</summary>
public sealed class FeedLogTests(Servers servers)
{
    [Theory, ClassData(typeof(EitherWay))]
    public async Task Twenty_writers_at_once_leave_no_hole_and_take_no_seq_twice(Kept kept)
    {
        await using var archive = await TestArchive.OpenAsync(servers, kept);
        var nodes = new[] { archive.Log, new FeedLog(archive.OpenDatabase(), TimeProvider.System) };

        var written = await Task.WhenAll(Enumerable.Range(0, 20).Select(async writer =>
        {
            var seqs = new List<long>();
            for (var item = 0; item < 10; item++)
            {
                var outcome = await TestArchive.SubmitAsync(nodes[writer % nodes.Length], Publish($"Item {item} of writer {writer}"));
                seqs.Add(outcome.Yes!.Entry.Seq);
            }

            Assert.Equal(seqs.Order(), seqs);
            return seqs;
        }));

        Assert.Equal(Enumerable.Range(1, 200).Select(seq => (long)seq), written.SelectMany(seqs => seqs).Order());
        var log = await archive.SinceAsync(0);
        Assert.Equal(200, log.Position.Seq);
        Assert.Equal(Enumerable.Range(1, 200).Select(seq => (long)seq), log.Entries.Select(entry => entry.Seq));
    }

    [Theory, ClassData(typeof(EitherWay))]
    public async Task Of_twenty_who_change_the_same_revision_one_wins(Kept kept)
    {
        await using var archive = await TestArchive.OpenAsync(servers, kept);
        var nodes = new[] { archive.Log, new FeedLog(archive.OpenDatabase(), TimeProvider.System) };
        var entry = await archive.AcceptedAsync(Publish("Blast reported"));

        for (var round = 0; round < 5; round++)
        {
            var seen = entry;
            var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(writer =>
                TestArchive.SubmitAsync(nodes[writer % nodes.Length], Edit(seen, $"Writer {writer} was here in round {seen.Revision}"))));

            var winner = Assert.Single(outcomes, outcome => outcome.Yes is not null);
            Assert.Equal(seen.Revision + 1, winner.Yes!.Entry.Revision);
            Assert.All(outcomes.Except([winner]), loser =>
            {
                Assert.Equal(RejectionReason.Conflict, loser.No!.Reason);
                Assert.Equal(winner.Yes.Entry.Headline, loser.No.Newest!.Headline);
                Assert.Equal(winner.Yes.Entry.Revision, loser.No.Newest.Revision);
            });
            entry = winner.Yes.Entry;
        }

        Assert.Equal(6, (await archive.PositionAsync()).Seq);
    }

    [Theory, ClassData(typeof(EitherWay))]
    public async Task A_repeat_gets_the_first_answer(Kept kept)
    {
        await using var archive = await TestArchive.OpenAsync(servers, kept);
        var submission = Publish("Power is back in two districts");
        var first = await archive.AcceptedAsync(submission);
        await archive.AcceptedAsync(Edit(first, "Power is back in three districts"));

        var again = await archive.SubmitAsync(submission with { SubmittedAt = DateTimeOffset.UnixEpoch });

        Assert.True(again.Yes!.Repeated);
        Assert.Equal(first, again.Yes.Entry);
        Assert.Equal(first, again.Change!.Entry);
        Assert.Equal(2, (await archive.PositionAsync()).Seq);
        Assert.Equal(first, await archive.Log.FindSubmissionAsync(submission.SubmissionId, Cancellation));
    }

    [Theory, ClassData(typeof(EitherWay))]
    public async Task The_same_submission_twenty_times_at_once_happens_once(Kept kept)
    {
        await using var archive = await TestArchive.OpenAsync(servers, kept);
        var nodes = new[] { archive.Log, new FeedLog(archive.OpenDatabase(), TimeProvider.System) };
        var submission = Publish("Bridge closed");

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => TestArchive.SubmitAsync(nodes[n % nodes.Length], submission)));

        Assert.Single(outcomes, outcome => !outcome.Yes!.Repeated);
        Assert.Single(outcomes.Select(outcome => outcome.Yes!.Entry).Distinct());
        Assert.Equal(1, (await archive.PositionAsync()).Seq);
    }

    [Theory, ClassData(typeof(EitherWay))]
    public async Task A_submission_id_is_not_good_for_something_else(Kept kept)
    {
        await using var archive = await TestArchive.OpenAsync(servers, kept);
        await archive.CreateFeedAsync("lviv");
        var submission = Publish("Mayor resigns");
        var entry = await archive.AcceptedAsync(submission);

        SubmitEntry[] others =
        [
            submission with { Fields = submission.Fields with { Headline = "Mayor stays" } },
            submission with { PublishedAt = submission.PublishedAt!.Value.AddMinutes(-1) },
            submission with { Feed = "lviv" },
            Edit(entry, "Mayor resigns") with { SubmissionId = submission.SubmissionId },
            Retract(entry) with { SubmissionId = submission.SubmissionId },
        ];

        foreach (var other in others)
        {
            Assert.Equal(RejectionReason.Reused, (await archive.RefusedAsync(other)).Reason);
        }

        Assert.Equal(1, (await archive.PositionAsync()).Seq);
        Assert.Equal(0, (await archive.PositionAsync("lviv")).Seq);
    }

    [Theory, ClassData(typeof(EitherWay))]
    public async Task A_submission_id_used_for_two_feeds_at_once_is_good_for_one(Kept kept)
    {
        await using var archive = await TestArchive.OpenAsync(servers, kept);
        await archive.CreateFeedAsync("lviv");

        for (var round = 0; round < 10; round++)
        {
            var submission = Publish("Alarm in the whole country");
            var outcomes = await Task.WhenAll(archive.SubmitAsync(submission), archive.SubmitAsync(submission with { Feed = "lviv" }));

            Assert.Single(outcomes, outcome => outcome.Yes is not null);
            Assert.Single(outcomes, outcome => outcome.No?.Reason is RejectionReason.Reused);
        }

        Assert.Equal(10, (await archive.PositionAsync()).Seq + (await archive.PositionAsync("lviv")).Seq);
    }

    [Theory, ClassData(typeof(EitherWay))]
    public async Task Publishing_under_an_id_that_exists_is_a_repeat_or_refused(Kept kept)
    {
        await using var archive = await TestArchive.OpenAsync(servers, kept);
        var submission = Publish("Talks begin");
        var entry = await archive.AcceptedAsync(submission);

        var same = await archive.SubmitAsync(submission with { SubmissionId = Guid.NewGuid() });
        Assert.True(same.Yes!.Repeated);
        Assert.Equal(entry, same.Yes.Entry);

        var other = await archive.RefusedAsync(Publish("Talks end") with { EntryId = entry.Id });
        Assert.Equal(RejectionReason.EntryExists, other.Reason);
        Assert.Equal(entry, other.Newest);
    }

    [Theory, ClassData(typeof(EitherWay))]
    public async Task A_writer_who_missed_a_change_is_shown_the_newest_with_its_text(Kept kept)
    {
        await using var archive = await TestArchive.OpenAsync(servers, kept);
        var seen = await archive.AcceptedAsync(Publish("Five hurt", fields: new EntryFields { Body = "Two **badly**." }));
        var newest = await archive.AcceptedAsync(Edit(seen, "Seven hurt"));

        var refusal = await archive.RefusedAsync(Edit(seen, "Six hurt"));

        Assert.Equal(RejectionReason.Conflict, refusal.Reason);
        Assert.Equal(newest with { Body = "Two **badly**." }, refusal.Newest);
        Assert.Equal("Seven hurt", (await archive.Reader.EntryAsync(TestArchive.Feed, seen.Id, withBody: false, Cancellation))!.Headline);
    }

    [Theory, ClassData(typeof(EitherWay))]
    public async Task A_refusal_stores_nothing_and_takes_no_seq(Kept kept)
    {
        await using var archive = await TestArchive.OpenAsync(servers, kept);
        await archive.CreateFeedAsync("over", FeedStatus.Closed);
        var submission = Publish("One");
        var entry = await archive.AcceptedAsync(submission);
        var withdrawn = await archive.AcceptedAsync(Publish("Two"));
        await archive.AcceptedAsync(Retract(withdrawn));
        var before = await archive.PositionAsync();

        var refusals = new Dictionary<RejectionReason, SubmitEntry>
        {
            [RejectionReason.UnknownFeed] = Publish("Nowhere", "nowhere"),
            [RejectionReason.FeedClosed] = Publish("Too late", "over"),
            [RejectionReason.UnknownEntry] = Edit(entry with { Id = Guid.NewGuid() }, "Nothing"),
            [RejectionReason.EntryExists] = Publish("Other") with { EntryId = entry.Id },
            [RejectionReason.Retracted] = Edit(withdrawn, "Back again", seen: false),
            [RejectionReason.Conflict] = Edit(entry with { Revision = 7 }, "From the future"),
            [RejectionReason.Reused] = submission with { Fields = new EntryFields { Headline = "Different" } },
        };
        foreach (var (reason, refused) in refusals)
        {
            Assert.Equal(reason, (await archive.RefusedAsync(refused)).Reason);
            if (reason is not RejectionReason.Reused)
            {
                Assert.Null(await archive.Log.FindSubmissionAsync(refused.SubmissionId, Cancellation));
            }
        }

        Assert.Equal(before, await archive.PositionAsync());
        Assert.Equal(0, (await archive.PositionAsync("over")).Seq);
        Assert.Equal(before.Seq + 1, (await archive.AcceptedAsync(Publish("Three"))).Seq);
    }

    [Theory, ClassData(typeof(EitherWay))]
    public async Task A_writer_that_fails_inside_leaves_nothing_and_nobody_waiting(Kept kept)
    {
        await using var archive = await TestArchive.OpenAsync(servers, kept);

        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            archive.Log.AppendAsync(Publish("Bad"), (_, _, _) => throw new InvalidOperationException("The rendering failed."), Cancellation));

        Assert.Equal(1, (await archive.AcceptedAsync(Publish("Good"))).Seq);
    }

    [Theory, ClassData(typeof(EitherWay))]
    public async Task Nothing_of_a_withdrawn_text_is_left_for_readers(Kept kept)
    {
        await using var archive = await TestArchive.OpenAsync(servers, kept);
        var submission = Publish("SECRET headline", fields: new EntryFields
        {
            Body = "SECRET body",
            BodyFormat = BodyFormat.Html,
            Byline = "SECRET author",
            Tags = ["secret-tag"],
            Pinned = true,
            KeyEvent = true,
        });
        var entry = await archive.AcceptedAsync(submission);
        var edit = Edit(entry, "SECRET headline, changed");
        await archive.AcceptedAsync(edit);
        var retraction = Retract(entry, "Published by mistake.");
        var tombstone = await archive.AcceptedAsync(retraction);

        Assert.Equal(
            new Entry
            {
                Id = entry.Id,
                Feed = TestArchive.Feed,
                Seq = 3,
                Revision = 3,
                Status = EntryStatus.Retracted,
                PublishedAt = entry.PublishedAt,
                UpdatedAt = tombstone.UpdatedAt,
                Correction = tombstone.Correction,
            },
            tombstone);

        object?[] told =
        [
            await archive.PageAsync(new PageQuery { WithBody = true }),
            await archive.PageAsync(new PageQuery { Tag = "secret-tag" }),
            await archive.PageAsync(new PageQuery { KeyEvents = true }),
            await archive.Reader.SinceAsync(TestArchive.Feed, 0, 100, withBody: true, Cancellation),
            await archive.Reader.RecentAsync(TestArchive.Feed, 100, Cancellation),
            await archive.Reader.EntryAsync(TestArchive.Feed, entry.Id, withBody: true, Cancellation),
            await archive.Reader.RevisionsAsync(TestArchive.Feed, entry.Id, withBody: true, Cancellation),
            await archive.Log.FindSubmissionAsync(submission.SubmissionId, Cancellation),
            await archive.Log.FindSubmissionAsync(edit.SubmissionId, Cancellation),
            await archive.SubmitAsync(submission),
            await archive.SubmitAsync(edit),
            await archive.SubmitAsync(retraction),
            await archive.SubmitAsync(submission with { SubmissionId = Guid.NewGuid() }),
            await archive.SubmitAsync(Edit(entry, "Again", seen: false)),
            await archive.SubmitAsync(Publish("Other") with { EntryId = entry.Id }),
            await RowsAsync(archive),
        ];

        Assert.All(told, answer => Assert.DoesNotContain("SECRET", Text(answer), StringComparison.OrdinalIgnoreCase));
        Assert.Equal(3, (await archive.Reader.RevisionsAsync(TestArchive.Feed, entry.Id, withBody: true, Cancellation)).Count);
        Assert.Empty((await archive.PageAsync(new PageQuery { KeyEvents = true })).Entries);
        Assert.Equal(tombstone, Assert.Single((await archive.SinceAsync(1)).Entries));
    }

    [Theory, ClassData(typeof(EitherWay))]
    public async Task Every_script_comes_back_as_it_was_written(Kept kept)
    {
        await using var archive = await TestArchive.OpenAsync(servers, kept);
        string[] texts =
        [
            "Київ: «світло є» — їжак, ґанок, п’ять",
            "عاجل: انقطاع الكهرباء ‏(تحديث)",
            "速報：停電が復旧しました",
            "👩‍👩‍👧‍👦 🏳️‍🌈 🇺🇦 e\u0301 é \u200B\u200D\uFEFF",
            "ไทย हिन्दी \U0001F9D1\U0001F3FD\u200D\U0001F680 \U00020BB7",
            "a <b> & \"q\" 'q' \\ \\n % _ ; -- \t\r\n\u0001\u001F\u007F\u2028\u2029",
        ];

        foreach (var text in texts)
        {
            var entry = await archive.AcceptedAsync(Publish(text, fields: new EntryFields { Body = text, Byline = text }));
            var read = await archive.Reader.EntryAsync(TestArchive.Feed, entry.Id, withBody: true, Cancellation);
            Assert.Equal(text, read!.Headline);
            Assert.Equal(text, read.Body);
            Assert.Equal(text, read.Byline);
            Assert.Equal(entry.Html, read.Html);
        }
    }

    private static async Task<IEnumerable<object>> RowsAsync(TestArchive archive)
    {
        await using var connection = await archive.Database.OpenAsync(Cancellation);
        return (await connection.QueryAsync<(string, string, string?, string?)>("SELECT state, tags, body, body_format FROM entries"))
            .Select(row => (object)row.ToString());
    }

    private static string Text(object? answer) => System.Text.Json.JsonSerializer.Serialize(answer, Wire.Json);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
}
