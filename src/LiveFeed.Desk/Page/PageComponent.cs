using LiveFeed.Contracts.Languages;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace LiveFeed.Desk;

/// <summary>What every part of the desk's pages has: the words of the page's language.</summary>
public abstract class PageComponent : ComponentBase
{
    /// <summary>The request that the page answers.</summary>
    [CascadingParameter]
    public HttpContext Http { get; set; } = null!;

    /// <inheritdoc cref="PageWords.Words"/>
    protected LanguageWords Words => Http.Words();

    /// <summary>What a button does, and to whom: where there are many alike, each needs a name of its own.</summary>
    protected string Named(string action, string name) => Words["frame.named", ("action", Words[action]), ("name", name)];
}
