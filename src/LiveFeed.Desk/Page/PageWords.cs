using LiveFeed.Contracts.Languages;
using Microsoft.AspNetCore.Http;

namespace LiveFeed.Desk;

/// <summary>The words of staff's pages, and of what the pages answer to forms. What programs get stays English.</summary>
internal static class PageWords
{
    private static readonly WordFiles Files = new(typeof(PageWords).Assembly, "words/pages");

    /// <summary>The words in the best of the languages that the browser asks for, each called <c>section.name</c>.</summary>
    public static LanguageWords Words(this HttpContext http)
    {
        if (http.Features.Get<LanguageWords>() is not { } words)
        {
            words = Files.In(Files.BestOf(http.Request.Headers.AcceptLanguage));
            http.Features.Set(words);
        }

        return words;
    }
}
