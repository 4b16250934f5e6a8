using System.Net;
using System.Net.Http.Json;
using Dapper;
using LiveFeed.Archive.Databases;
using LiveFeed.Contracts;
using LiveFeed.Desk;
using LiveFeed.EndToEnd.Tests.BadInput;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using Microsoft.Extensions.DependencyInjection;

namespace LiveFeed.EndToEnd.Tests.Desk;

/// <summary>Somebody's browser at the desk, as far as cookies and forms go: it keeps the one, and says where the other comes from.</summary>
public sealed class Browser : IDisposable
{
    public const string Password = "four words by the sea";

    private readonly HttpClientHandler handler = new() { CookieContainer = new CookieContainer() };

    private Browser(Uri desk) => Http = new HttpClient(handler) { BaseAddress = desk };

    /// <summary>What it sends goes with its cookies.</summary>
    public HttpClient Http { get; }

    /// <summary>The cookies that it has; one string, as it sends them.</summary>
    public string Cookies
    {
        get => handler.CookieContainer.GetCookieHeader(Http.BaseAddress!);
        set => handler.CookieContainer.SetCookies(Http.BaseAddress!, value);
    }

    public static Browser At(Uri desk) => new(desk);

    /// <summary>Sends a form of the desk, and follows where it leads.</summary>
    public async Task<HttpResponseMessage> SendAsync(string path, params (string Name, string Value)[] fields)
    {
        using var request = Form(path, fields);
        request.Headers.Add("Origin", Http.BaseAddress!.GetLeftPart(UriPartial.Authority));
        return await Http.SendAsync(request);
    }

    public static HttpRequestMessage Form(string path, params (string Name, string Value)[] fields) => new(HttpMethod.Post, path)
    {
        Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))),
    };

    /// <summary>Signs in by password.</summary>
    public Task<HttpResponseMessage> SignInAsync(string who, string password = Password) => SendAsync("/desk/sign-in/password", ("who", who), ("password", password));

    /// <summary>Posts an item as the desk's page does.</summary>
    public Task<HttpResponseMessage> PublishAsync(Newsroom newsroom, string headline)
    {
        ArgumentNullException.ThrowIfNull(newsroom);
        var request = newsroom.Post("", new { headline });
        request.Headers.Add("X-LiveFeed-Desk", "1");
        return Http.SendAsync(request);
    }

    /// <summary>Whether somebody is signed in here.</summary>
    public async Task<bool> IsSignedInAsync()
    {
        using var desk = await Http.GetAsync(new Uri("/desk", UriKind.Relative));
        Assert.True(desk.StatusCode is HttpStatusCode.OK or HttpStatusCode.Unauthorized, $"/desk answered {(int)desk.StatusCode}");
        return desk.StatusCode is HttpStatusCode.OK;
    }

    public void Dispose()
    {
        Http.Dispose();
        handler.Dispose();
    }
}

/// <summary>The newsroom's people.</summary>
internal static class Staffing
{
    /// <summary>Invites somebody, as an administrator.</summary>
    public static async Task<Invitation> InviteAsync(this Newsroom newsroom, string name, DeskRole role, string? email = null)
    {
        using var invited = await newsroom.Desk.PostAsJsonAsync("/api/people", new { name, role, email }, Wire.Json);
        return await Newsroom.ReadAsync<Invitation>(invited);
    }

    /// <summary>Somebody who has followed their invitation, in the browser that they did so with.</summary>
    public static async Task<(Person Person, Browser Browser)> JoinedAsync(this Newsroom newsroom, string name, DeskRole role, string? email = null)
    {
        var invitation = await newsroom.InviteAsync(name, role, email);
        var browser = Browser.At(newsroom.Desk.BaseAddress!);
        using var joined = await browser.JoinAsync(invitation);
        Assert.True(joined.IsSuccessStatusCode, await joined.Content.ReadAsStringAsync());
        return (invitation.Person, browser);
    }

    /// <summary>Checks what a page answers, and returns it.</summary>
    public static async Task<string> SaysAsync(int status, string text, Task<HttpResponseMessage> asked)
    {
        using var answer = await asked;
        var page = await answer.Content.ReadAsStringAsync();
        Assert.True((int)answer.StatusCode == status && page.Contains(text, StringComparison.Ordinal), $"{(int)answer.StatusCode} in the place of {status} '{text}': {page}");
        return page;
    }

    public static Task<HttpResponseMessage> JoinAsync(this Browser browser, Invitation invitation, string password = Browser.Password, string? again = null) =>
        browser.SendAsync("/desk/join", ("invitation", invitation.Link.Split("invitation=")[1]), ("password", password), ("again", again ?? password));

    public static async Task<IReadOnlyList<Person>> PeopleAsync(this Newsroom newsroom)
    {
        using var people = await newsroom.Desk.GetAsync(new Uri("/api/people", UriKind.Relative));
        return await Newsroom.ReadAsync<IReadOnlyList<Person>>(people);
    }

    public static async Task<Person> PersonAsync(this Newsroom newsroom, string id) => (await newsroom.PeopleAsync()).Single(person => person.Id == id);

    public static async Task<Person> ChangePersonAsync(this Newsroom newsroom, string id, object change)
    {
        using var changed = await newsroom.Desk.PatchAsJsonAsync($"/api/people/{id}", change, Wire.Json);
        return await Newsroom.ReadAsync<Person>(changed);
    }

    /// <summary>Who the archive says has written an entry's newest revision.</summary>
    public static async Task<string?> WriterOfAsync(this Newsroom newsroom, Entry entry)
    {
        await using var services = newsroom.Keys();
        await using var connection = await services.GetRequiredService<ArchiveDatabase>().OpenAsync(TestContext.Current.CancellationToken);
        return await connection.QuerySingleAsync<string?>(
            "SELECT written_by FROM revisions WHERE entry_id = @id AND revision = @revision", new { id = entry.Id.ToString(), revision = entry.Revision });
    }

    /// <summary>Changes the archive behind the servers' back, as time would.</summary>
    public static async Task WriteAsync(this Newsroom newsroom, string statement)
    {
        await using var services = newsroom.Keys();
        await using var write = await services.GetRequiredService<ArchiveDatabase>().BeginWriteAsync(TestContext.Current.CancellationToken);
        await write.Connection.ExecuteAsync(statement, transaction: write.Transaction);
        await write.CommitAsync(TestContext.Current.CancellationToken);
    }
}
