using System.Net.Http.Json;
using LiveFeed.Contracts;
using LiveFeed.Desk;
using LiveFeed.EndToEnd.Tests.BadInput;
using LiveFeed.EndToEnd.Tests.Commands;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using static LiveFeed.EndToEnd.Tests.Desk.Staffing;

namespace LiveFeed.EndToEnd.Tests.Desk;

/// <summary>Who invites, changes and removes people, by the API, the page and the command line.</summary>
public sealed class PeopleTests(OpenNewsrooms newsrooms) : IClassFixture<OpenNewsrooms>
{
    [Theory, BothModes]
    public async Task What_breaks_a_rule_is_told_and_invites_nobody(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        await newsroom.InviteAsync("Jan", DeskRole.Reporter, "jan@example.org");
        var before = await newsroom.PeopleAsync();

        await RefusedAsync(new(400, "invalid", "has a name", "name"), new { role = "editor" });
        await RefusedAsync(new(400, "invalid", "has a name", "name"), new { name = " ", role = "editor" });
        await RefusedAsync(new(400, "invalid", "has a role", "role"), new { name = "Kim" });
        await RefusedAsync(new(400, "invalid", "one of reporter, editor, admin", "role"), new { name = "Kim", role = "boss" });
        await RefusedAsync(new(400, "invalid", "one of reporter, editor, admin", "role"), new { name = "Kim", role = 2 });
        await RefusedAsync(new(400, "invalid", "no @", "name"), new { name = "kim@example.org", role = "editor" });
        await RefusedAsync(new(400, "invalid", "ann@example.org", "email"), new { name = "Kim", role = "editor", email = "kim" });
        await RefusedAsync(new(400, "invalid", "100", "name"), new { name = new string('x', 101), role = "editor" });
        await RefusedAsync(new(400, "invalid", "not a field", "password"), new { name = "Kim", role = "editor", password = "of my own choice" });
        await RefusedAsync(new(409, "person-exists", "Somebody else"), new { name = "JAN", role = "admin" });
        await RefusedAsync(new(409, "person-exists", "Somebody else"), new { name = "Jana", role = "admin", email = "Jan@Example.org" });
        await RefusedAsync(new(409, "person-exists", "Somebody else"), new { name = "Desk", role = "admin" });
        foreach (var nobody in new[] { "nobody", Guid.NewGuid().ToString(), Account.OperatorId })
        {
            using var changed = await newsroom.Desk.PatchAsJsonAsync($"/api/people/{nobody}", new { role = "reporter" });
            await new Refusal(404, "unknown-person", "nobody of this id").CheckAsync(changed);
            using var removed = await newsroom.Desk.DeleteAsync(new Uri($"/api/people/{nobody}", UriKind.Relative));
            await new Refusal(404, "unknown-person", "nobody of this id").CheckAsync(removed);
        }

        Assert.Equal(before, await newsroom.PeopleAsync());

        async Task RefusedAsync(Refusal refusal, object person)
        {
            using var refused = await newsroom.Desk.PostAsJsonAsync("/api/people", person, Wire.Json);
            await refusal.CheckAsync(refused);
        }
    }

    [Theory, BothModes]
    public async Task An_administrator_does_all_of_it_on_the_page_but_to_themselves(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        var (lea, browser) = await newsroom.JoinedAsync("Lea", DeskRole.Admin);
        using var admin = browser;
        var page = await SaysAsync(200, "/desk/join?invitation=", admin.SendAsync("/desk/people", ("name", "Mia <b>"), ("email", ""), ("role", "reporter")));
        Assert.Contains("Mia &lt;b&gt;", page, StringComparison.Ordinal);
        var mia = (await newsroom.PeopleAsync()).Single(person => person.Name == "Mia <b>");
        await SaysAsync(400, "has a role", admin.SendAsync("/desk/people", ("name", "Nell"), ("role", "boss")));
        await SaysAsync(409, "Somebody else", admin.SendAsync("/desk/people", ("name", "mia <B>"), ("role", "editor")));

        await SaysAsync(200, "The role is changed", admin.SendAsync($"/desk/people/{mia.Id}/role", ("role", "editor")));
        Assert.Equal(DeskRole.Editor, (await newsroom.PersonAsync(mia.Id)).Role);
        await SaysAsync(200, "/desk/join?invitation=", admin.SendAsync($"/desk/people/{mia.Id}/invitation"));
        await SaysAsync(200, "signed out everywhere", admin.SendAsync($"/desk/people/{mia.Id}/sign-out"));
        await SaysAsync(200, "is removed", admin.SendAsync($"/desk/people/{mia.Id}/removal"));
        await SaysAsync(404, "gone already", admin.SendAsync($"/desk/people/{mia.Id}/removal"));

        await SaysAsync(400, "their own role", admin.SendAsync($"/desk/people/{lea.Id}/role", ("role", "reporter")));
        await SaysAsync(400, "removes themselves", admin.SendAsync($"/desk/people/{lea.Id}/removal"));
        using var own = new HttpRequestMessage(HttpMethod.Delete, $"/api/people/{lea.Id}") { Headers = { { "X-LiveFeed-Desk", "1" } } };
        using var refused = await admin.Http.SendAsync(own);
        await new Refusal(409, "own-account", "another administrator").CheckAsync(refused);
        Assert.True(await admin.IsSignedInAsync());
    }

    [Theory, BothModes]
    public async Task The_command_line_invites_lists_and_removes(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        var livefeed = Livefeed.At(newsroom);

        var invited = await livefeed.RunAsync(["person", "invite", "Ole", "--email", "ole@example.org", "--role", "admin"]);
        var link = invited.Done().Trim();
        Assert.StartsWith($"{newsroom.Desk.BaseAddress}desk/join?invitation=", link, StringComparison.Ordinal);
        Assert.Contains("admin  invited  never signed in  Ole  ole@example.org", (await livefeed.RunAsync(["person", "list"])).Done(), StringComparison.Ordinal);
        using var ole = Browser.At(newsroom.Desk.BaseAddress!);
        await SaysAsync(200, "<h1>Desk</h1>", ole.JoinAsync(new Invitation(null!, link, default)));

        // Asked again, it is a way back in; another's address is refused.
        Assert.NotEqual(link, (await livefeed.RunAsync(["person", "invite", "ole"])).Done().Trim());
        (await livefeed.RunAsync(["person", "invite", "Pia", "--email", "ole@example.org"])).Failed(1, "is another's");
        (await livefeed.RunAsync(["person", "invite", "a@b"])).Failed(2, "no @");
        Assert.Contains("is removed", (await livefeed.RunAsync(["person", "remove", "OLE@example.org"])).Done(), StringComparison.Ordinal);
        Assert.False(await ole.IsSignedInAsync());
        (await livefeed.RunAsync(["person", "remove", "Ole"])).Failed(1, "nobody called 'Ole'");
    }
}
