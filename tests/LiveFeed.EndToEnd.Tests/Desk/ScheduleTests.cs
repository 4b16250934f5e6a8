using System.Globalization;
using System.Net;
using System.Text.Json;
using LiveFeed.EndToEnd.Tests.BadInput;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using LiveFeed.Testing;

namespace LiveFeed.EndToEnd.Tests.Desk;

/// <summary>A scheduled item goes on the air at its time, not before, and not at all when it was taken off the schedule in time.</summary>
public sealed class ScheduleTests(OpenNewsrooms newsrooms) : IClassFixture<OpenNewsrooms>
{
    [Theory, BothModes]
    public async Task A_scheduled_item_goes_on_the_air_at_its_second(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        var (drafts, id) = (new Drafts(newsroom.Feed, newsroom.Desk), Guid.CreateVersion7());
        var reader = await newsroom.FollowAsync();
        await drafts.SavedAsync(id, new { headline = "Embargo lifted" });
        var at = DateTimeOffset.UtcNow.AddSeconds(1.5);

        var scheduled = await drafts.ScheduledAsync(id, at, seen: 1);
        Assert.Equal(("scheduled", 2), (Drafts.State(scheduled), Drafts.Version(scheduled)));
        await new Refusal(409, "draft-locked", "off the schedule").CheckAsync(await drafts.SaveAsync(id, new { headline = "Changed" }, seen: 2));
        await Eventually.TrueAsync("the item is on the air", () => reader.Ticker.Any(entry => entry.Id == id));

        var entry = reader.Ticker.Single(entry => entry.Id == id);
        Assert.InRange(entry.PublishedAt, at.AddMilliseconds(-1), at.AddSeconds(1));
        await Eventually.ReadsAsync("its draft is published", async _ => Drafts.State(await drafts.FindAsync(id)), state => state == "published");
        await new Refusal(409, "draft-locked", "too late").CheckAsync(await drafts.CancelAsync(id, seen: 2));
    }

    [Theory, BothModes]
    public async Task What_is_taken_off_the_schedule_in_time_stays_off_the_air(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        var (drafts, cancelled, moved, witness) = (new Drafts(newsroom.Feed, newsroom.Desk), Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        var reader = await newsroom.FollowAsync();
        var at = DateTimeOffset.UtcNow.AddSeconds(1.5);
        foreach (var id in new[] { cancelled, moved, witness })
        {
            await drafts.SavedAsync(id, new { headline = $"Number {id}" });
            await drafts.ScheduledAsync(id, id == witness ? at.AddMilliseconds(200) : at, seen: 1);
        }

        using var off = await drafts.CancelAsync(cancelled, seen: 2);
        await drafts.ScheduledAsync(moved, at.AddHours(1), seen: 2);
        await Eventually.TrueAsync("what was due after both is on the air", () => reader.Ticker.Any(entry => entry.Id == witness));

        Assert.Equal("submitted", Drafts.State(await Newsroom.ReadAsync<JsonElement>(off)));
        Assert.DoesNotContain(reader.Ticker, entry => entry.Id == cancelled || entry.Id == moved);
        Assert.Equal("scheduled", Drafts.State(await drafts.FindAsync(moved)));
        await new Refusal(409, "draft-locked", "isn't scheduled").CheckAsync(await drafts.CancelAsync(cancelled, seen: 3));
    }

    [Theory, BothModes]
    public async Task Of_a_cancellation_and_the_time_itself_one_wins_and_both_say_the_same(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        var drafts = new Drafts(newsroom.Feed, newsroom.Desk);
        var at = DateTimeOffset.UtcNow.AddSeconds(1);
        var ids = Enumerable.Range(0, 20).Select(_ => Guid.CreateVersion7()).ToList();
        foreach (var id in ids)
        {
            await drafts.SavedAsync(id, new { headline = $"Number {id}" });
            await drafts.ScheduledAsync(id, at, seen: 1);
        }

        await Eventually.TrueAsync("its time has come", () => DateTimeOffset.UtcNow >= at);
        var answers = await Task.WhenAll(ids.Select(id => drafts.CancelAsync(id, seen: 2)));

        foreach (var (id, answer) in ids.Zip(answers))
        {
            var known = await Eventually.ReadsAsync("what became of it is known", async _ => Drafts.State(await drafts.FindAsync(id)), state => state is "published" or "submitted");
            Assert.Equal(known == "published" ? HttpStatusCode.Conflict : HttpStatusCode.OK, answer.StatusCode);
        }

        var published = (await drafts.ListAsync("?state=published&limit=100")).Select(draft => draft.GetProperty("id").GetGuid()).Intersect(ids).Order();
        Assert.Equal(published, (await newsroom.ListAsync()).Entries.Select(entry => entry.Id).Intersect(ids).Order());
    }

    [Fact]
    public async Task Times_by_the_clocks_of_a_place_are_taken_when_there_is_one_such_moment()
    {
        var newsroom = await newsrooms.InAsync(Mode.Embedded);
        var (drafts, id) = (new Drafts(newsroom.Feed, newsroom.Desk), Guid.CreateVersion7());
        await drafts.SavedAsync(id, new { headline = "Later" });
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Kyiv");
        var (forward, back) = (NextTurn(zone, forward: true), NextTurn(zone, forward: false));

        await RefusedAsync(new { local = Text(forward.AddMinutes(30)), timeZone = "Europe/Kyiv" }, "no such time", "local");
        await RefusedAsync(new { local = Text(back.AddMinutes(-30)), timeZone = "Europe/Kyiv" }, "twice", "local");
        await RefusedAsync(new { local = Text(back), timeZone = "Europe/Atlantis" }, "IANA", "timeZone");
        await RefusedAsync(new { local = "tomorrow" }, "without an offset", "local");
        await RefusedAsync(new { at = DateTimeOffset.UtcNow.AddSeconds(-1) }, "has passed", "at");
        await RefusedAsync(new { at = DateTimeOffset.UtcNow.AddYears(2) }, "more than a year", "at");
        await RefusedAsync(new { at = "2026-11-27T18:00" }, "RFC 3339", "at");
        await RefusedAsync(new { }, "once", "at");

        using var taken = await drafts.ScheduleAsync(id, new { local = Text(forward.AddHours(2)), timeZone = "Europe/Kyiv" }, seen: 1);
        var draft = await Newsroom.ReadAsync<JsonElement>(taken);
        Assert.Equal(new DateTimeOffset(forward.AddHours(2), TimeSpan.FromHours(3)), draft.GetProperty("scheduledFor").GetDateTimeOffset());

        async Task RefusedAsync(object time, string says, string field) =>
            await new Refusal(400, "invalid", says, field).CheckAsync(await drafts.ScheduleAsync(id, time, seen: 1));
    }

    // The next local time at which the clocks of the zone are turned.
    private static DateTime NextTurn(TimeZoneInfo zone, bool forward)
    {
        var day = Enumerable.Range(1, 366).Select(ahead => DateTime.UtcNow.Date.AddDays(ahead))
            .First(day => zone.IsDaylightSavingTime(day.AddDays(1)) == forward && zone.IsDaylightSavingTime(day) != forward);
        return DateTime.SpecifyKind(day.AddHours(forward ? 3 : 4), DateTimeKind.Unspecified);
    }

    private static string Text(DateTime time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
}
