using System.Text.RegularExpressions;
using LiveFeed.Desk;
using LiveFeed.EndToEnd.Tests.BadInput;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using OtpNet;
using static LiveFeed.EndToEnd.Tests.Desk.Staffing;

namespace LiveFeed.EndToEnd.Tests.Desk;

/// <summary>What people do with their own accounts.</summary>
public sealed partial class OwnAccountTests(OpenNewsrooms newsrooms) : IClassFixture<OpenNewsrooms>
{
    [Theory, BothModes]
    public async Task With_the_second_step_on_a_password_alone_is_not_enough_and_no_code_works_twice(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        var (person, browser) = await newsroom.JoinedAsync("Gil", DeskRole.Reporter);
        using var gil = browser;
        await SaysAsync(403, "Your password is wrong", gil.SendAsync("/desk/account/codes", ("current", "not the password")));
        var page = await SaysAsync(200, "<svg", gil.SendAsync("/desk/account/codes", ("current", Browser.Password)));
        var app = new Totp(Base32Encoding.ToBytes(Key().Match(page).Groups[1].Value.Replace(" ", "", StringComparison.Ordinal)));
        page = await SaysAsync(200, "That code is wrong", gil.SendAsync("/desk/account/codes/confirm", ("step", StepOf(page)), ("code", "000000")));
        // A code of the step before counts as well, which leaves the one of now for later.
        var earlier = app.ComputeTotp(DateTime.UtcNow.AddSeconds(-30));
        page = await SaysAsync(200, "Recovery codes", gil.SendAsync("/desk/account/codes/confirm", ("step", StepOf(page)), ("code", earlier)));
        var recovery = RecoveryCode().Matches(page).Select(match => match.Value).ToList();
        Assert.Equal(10, recovery.Distinct().Count());
        Assert.True((await newsroom.PersonAsync(person.Id)).SecondStep);

        using var again = Browser.At(newsroom.Desk.BaseAddress!);
        page = await SaysAsync(200, "The code that your app shows", again.SignInAsync("Gil"));
        Assert.False(await again.IsSignedInAsync());
        page = await SaysAsync(403, "wrong, or was used before", Code(again, page, earlier));
        var now = app.ComputeTotp(DateTime.UtcNow);
        var first = page;
        page = await SaysAsync(200, "<h1>Desk</h1>", Code(again, page, now));
        await SaysAsync(403, "Begin again", Code(again, first, now));

        // Somebody who looked over Gil's shoulder has the code, too.
        using var shoulder = Browser.At(newsroom.Desk.BaseAddress!);
        page = await SaysAsync(200, "The code that your app shows", shoulder.SignInAsync("Gil"));
        await SaysAsync(403, "wrong, or was used before", Code(shoulder, page, now));
        Assert.False(await shoulder.IsSignedInAsync());

        page = await SaysAsync(200, "The code that your app shows", again.SignInAsync("Gil"));
        await SaysAsync(200, "<h1>Desk</h1>", Code(again, page, recovery[0].ToUpperInvariant().Replace('-', ' ')));
        page = await SaysAsync(200, "The code that your app shows", again.SignInAsync("Gil"));
        page = await SaysAsync(403, "wrong, or was used before", Code(again, page, recovery[0]));
        Assert.Contains("9 recovery codes left", await gil.Http.GetStringAsync(new Uri("/desk/account", UriKind.Relative)), StringComparison.Ordinal);

        // Guessing codes is no way in either: with the password's, five tries.
        for (var guess = 0; guess < 3; guess++)
        {
            page = await SaysAsync(403, "wrong, or was used before", Code(again, page, "123456"));
        }

        await SaysAsync(403, "too many tries", Code(again, page, recovery[1]));
        await newsroom.WriteAsync("UPDATE accounts SET tried_at = tried_at - 900001 WHERE name = 'Gil'");
        await SaysAsync(200, "takes no code any more", gil.SendAsync("/desk/account/codes/off", ("current", Browser.Password)));
        await SaysAsync(200, "<h1>Desk</h1>", again.SignInAsync("Gil"));
    }

    [Theory, BothModes]
    public async Task A_new_password_ends_every_other_session_and_one_press_ends_all(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        var (_, browser) = await newsroom.JoinedAsync("Hal", DeskRole.Reporter);
        using var hal = browser;
        using var other = Browser.At(newsroom.Desk.BaseAddress!);
        other.Http.DefaultRequestHeaders.UserAgent.ParseAdd("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0");
        using (await other.SignInAsync("Hal"))
        {
            Assert.Contains("Firefox on Linux", await hal.Http.GetStringAsync(new Uri("/desk/account", UriKind.Relative)), StringComparison.Ordinal);
        }

        const string next = "quite another set of words";
        await SaysAsync(403, "Your password is wrong", Change("a wrong one entirely", next));
        await SaysAsync(400, "differ", Change(Browser.Password, next, "quite another set of worlds"));
        await SaysAsync(400, "among the first", Change(Browser.Password, "Hal123456789"));
        Assert.True(await other.IsSignedInAsync());
        await SaysAsync(200, "Your password is changed", Change(Browser.Password, next));
        Assert.True(await hal.IsSignedInAsync());
        Assert.False(await other.IsSignedInAsync());
        await SaysAsync(403, "is wrong", other.SignInAsync("Hal"));
        await SaysAsync(200, "<h1>Desk</h1>", other.SignInAsync("Hal", next));

        using var out_ = await hal.SendAsync("/desk/account/sessions");
        Assert.False(await hal.IsSignedInAsync());
        Assert.False(await other.IsSignedInAsync());

        Task<HttpResponseMessage> Change(string current, string password, string? again = null) =>
            hal.SendAsync("/desk/account/password", ("current", current), ("password", password), ("again", again ?? password));
    }

    [Theory, BothModes]
    public async Task A_new_invitation_is_a_way_back_in_that_closes_the_old_ones(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        var (person, browser) = await newsroom.JoinedAsync("Ida", DeskRole.Editor);
        using var ida = browser;
        using var asked = await newsroom.Desk.PostAsync(new Uri($"/api/people/{person.Id}/invitation", UriKind.Relative), null);
        var first = await Newsroom.ReadAsync<Invitation>(asked);
        using var askedAgain = await newsroom.Desk.PostAsync(new Uri($"/api/people/{person.Id}/invitation", UriKind.Relative), null);
        var second = await Newsroom.ReadAsync<Invitation>(askedAgain);
        // As long as nobody follows it, nothing changes.
        Assert.True(await ida.IsSignedInAsync());

        using var back = Browser.At(newsroom.Desk.BaseAddress!);
        await SaysAsync(403, "has been used", back.JoinAsync(first, "once more with feeling"));
        await SaysAsync(200, "<h1>Desk</h1>", back.JoinAsync(second, "once more with feeling"));
        Assert.False(await ida.IsSignedInAsync());
        await SaysAsync(403, "is wrong", ida.SignInAsync("Ida"));
        await SaysAsync(200, "<h1>Desk</h1>", ida.SignInAsync("Ida", "once more with feeling"));

        // A week later it works no more.
        using var third = await newsroom.Desk.PostAsync(new Uri($"/api/people/{person.Id}/invitation", UriKind.Relative), null);
        await newsroom.WriteAsync("UPDATE invitations SET expires_at = expires_at - 604800001");
        await SaysAsync(403, "too old", back.JoinAsync(await Newsroom.ReadAsync<Invitation>(third), "yet another four words"));
    }

    private static Task<HttpResponseMessage> Code(Browser browser, string page, string code) => browser.SendAsync("/desk/sign-in/code", ("step", StepOf(page)), ("code", code));

    private static string StepOf(string page) => Step().Match(page).Groups[1].Value;

    [GeneratedRegex("name=\"step\" value=\"([0-9a-f]{40})\"")]
    private static partial Regex Step();

    [GeneratedRegex("Key: <code dir=\"ltr\">([A-Z2-7 ]+)</code>")]
    private static partial Regex Key();

    [GeneratedRegex("[a-z2-9]{4}(-[a-z2-9]{4}){3}")]
    private static partial Regex RecoveryCode();
}
