using LiveFeed.EndToEnd.Tests.BadInput;
using LiveFeed.EndToEnd.Tests.Newsrooms;

namespace LiveFeed.EndToEnd.Tests.Desk;

/// <summary>The desk's pages in the languages of those who work there.</summary>
public sealed class LanguageTests(OpenNewsrooms newsrooms) : IClassFixture<OpenNewsrooms>
{
    [Theory, BothModes]
    public async Task A_page_speaks_the_best_language_that_the_browser_asks_for(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        foreach (var (asked, html) in new[]
        {
            ("ar", "lang=\"ar\" dir=\"rtl\""), ("fr, de-AT;q=0.4, uk;q=0.8", "lang=\"uk\" dir=\"ltr\""), ("fr, tlh", "lang=\"en\" dir=\"ltr\""), ("ja;q=0, *", "lang=\"en\" dir=\"ltr\""),
        })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/desk");
            request.Headers.AcceptLanguage.ParseAdd(asked);
            using var response = await newsroom.Desk.SendAsync(request);
            Assert.Contains($"<html {html}>", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            Assert.Contains("Accept-Language", response.Headers.Vary);
        }
    }
}
