using LiveFeed.Contracts.Languages;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace LiveFeed.Desk;

/// <summary>A whole text with markup in its places: a link or a name stands where the language has it.</summary>
public sealed class Sentence : ComponentBase
{
    /// <summary>The text, its places open.</summary>
    [Parameter, EditorRequired]
    public string Text { get; set; } = "";

    /// <summary>What stands in the place of a name.</summary>
    [Parameter, EditorRequired]
    public RenderFragment<string> ChildContent { get; set; } = null!;

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        foreach (var (words, place) in TextPlaces.Of(Text))
        {
            builder.AddContent(0, words);
            if (place is not null)
            {
                builder.AddContent(1, ChildContent(place));
            }
        }
    }
}
