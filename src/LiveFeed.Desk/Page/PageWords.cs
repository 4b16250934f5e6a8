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

    /// <summary>What a role is called.</summary>
    public static string Role(this LanguageWords words, DeskRole role) => words[$"roles.{role.ToString().ToLowerInvariant()}"];

    /// <summary>The whole rule for a field that broke one; what the API says of it is in English, and names its own fields.</summary>
    /// <param name="words">The words.</param>
    /// <param name="field">The field.</param>
    /// <param name="most">Most characters that the field takes.</param>
    public static string Rule(this LanguageWords words, string field, int most) => words[$"rules.{field}", ("most", most)];

    /// <summary>What is said of a wrong password.</summary>
    /// <param name="words">The words.</param>
    /// <param name="name">The text: it tells how many may be wrong, and for how long an account rests then.</param>
    public static string Wrong(this LanguageWords words, string name) => words[name, ("most", SignInTries.Most), ("minutes", SignInTries.Rest.TotalMinutes)];
}
