using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Ganss.Xss;

namespace LiveFeed.Rendering;

/// <summary>
/// Reads and writes HTML within bounds. HTML's own rules copy unclosed formatting elements into every later paragraph, so a
/// body of 64 KiB can ask for millions of elements; and whoever walks a tree as deep as a body is long runs out of stack.
/// </summary>
internal static class HtmlBudget
{
    private const int DepthLimit = 100;
    private const int ElementLimit = 15_000;
    private const int LengthLimit = 512 * 1024;

    private static readonly IElementFactory<Document, HtmlElement> Elements =
        BrowsingContext.New(Configuration.Default).GetService<IElementFactory<Document, HtmlElement>>()!;

    /// <summary>All attributes that are ever read; <see cref="Tidy"/> says which of them may stand on which element.</summary>
    public static HashSet<string> Attributes { get; } = new(StringComparer.OrdinalIgnoreCase)
    {
        "align", "alt", "cite", "colspan", "datetime", "dir", "height", "href", "lang", "loading", "rel", "reversed", "rowspan", "scope", "src",
        "start", "style", "title", "width",
    };

    /// <summary>The document, not deeper, larger or longer than the limits.</summary>
    /// <exception cref="HtmlBudgetExceededException">It is.</exception>
    public static IHtmlDocument Parse(string html)
    {
        var options = new HtmlParserOptions
        {
            // As browsers that run scripts read it: what stands in noscript is text for them, and must not be markup for us.
            IsScripting = true,
            ShouldEmitAttribute = (ref _, name) => Attributes.Contains(name.ToString()),
        };
        var context = BrowsingContext.New(Configuration.Default.WithOnly<IElementFactory<Document, HtmlElement>>(new CountedElements()));
        var document = new HtmlParser(options, context).ParseDocument(html);
        CheckSize(document);
        return document;
    }

    /// <summary>What stands inside <paramref name="element"/>, as HTML.</summary>
    /// <exception cref="HtmlBudgetExceededException">It is longer than the limit.</exception>
    public static string Write(IElement element)
    {
        using var writer = new StringWriter();
        foreach (var node in element.ChildNodes)
        {
            node.ToHtml(writer, HtmlFormatter.Instance);
            if (writer.GetStringBuilder().Length > LengthLimit)
            {
                throw new HtmlBudgetExceededException();
            }
        }

        return writer.ToString();
    }

    private static void CheckSize(IHtmlDocument document)
    {
        var depth = 0;
        long length = 0;
        INode? node = document.DocumentElement;
        while (node is not null)
        {
            length += node is IElement element ? element.Attributes.Sum(attribute => (long)attribute.Value.Length) : 0;
            if (depth > DepthLimit || length > LengthLimit)
            {
                throw new HtmlBudgetExceededException();
            }

            if (node.FirstChild is { } child)
            {
                (node, depth) = (child, depth + 1);
                continue;
            }

            while (node is not null && node.NextSibling is null)
            {
                (node, depth) = (node.Parent, depth - 1);
            }

            node = node?.NextSibling;
        }
    }

    private sealed class CountedElements : IElementFactory<Document, HtmlElement>
    {
        private int made;

        public HtmlElement Create(Document document, string localName, string? prefix = null, NodeFlags flags = NodeFlags.None) =>
            ++made > ElementLimit ? throw new HtmlBudgetExceededException() : Elements.Create(document, localName, prefix, flags);
    }
}

/// <summary>The markup asks for more than a body may.</summary>
internal sealed class HtmlBudgetExceededException : Exception;
