using LiveFeed.Contracts.Languages;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace LiveFeed.Ticker.Pages;

/// <summary>The language of the pages that belong to no feed.</summary>
internal static class ReaderLanguage
{
    /// <summary>The words in the best of the languages that the reader's browser asks for (RFC 9110, section 12.5.4), English when there are none.</summary>
    public static LanguageWords Of(HttpContext context)
    {
        context.Response.Headers.AppendCommaSeparatedValues(HeaderNames.Vary, HeaderNames.AcceptLanguage);
        return LanguageWords.OfPages(LanguageWords.OfReaders.BestOf(context.Request.Headers.AcceptLanguage));
    }
}
