using Markdig;
using Markdig.Extensions.EmphasisExtras;

namespace LiveFeed.Rendering;

/// <summary>Markdown as newsrooms write it: CommonMark, pipe tables, strikethrough, bare links. Raw HTML shows as text.</summary>
internal static class MarkdownText
{
    /// <summary>A table's rows are filled up to its widest: 64 KiB of pipes would otherwise grow to a gigabyte of empty cells.</summary>
    private const int CellLimit = 10_000;

    /// <summary>Nested brackets take quadratic time.</summary>
    private const int BracketLimit = 4_000;

    private static readonly MarkdownPipeline WithTables = Pipeline().UsePipeTables().Build();
    private static readonly MarkdownPipeline WithoutTables = Pipeline().Build();

    /// <summary>HTML that has yet to be cleaned, or null when the text is nested or tangled too deeply.</summary>
    public static string? ToHtml(string text)
    {
        if (text.AsSpan().Count('[') > BracketLimit)
        {
            return null;
        }

        try
        {
            return Markdown.ToHtml(text, CellsAtMost(text) > CellLimit ? WithoutTables : WithTables);
        }
        catch (ArgumentException)
        {
            // Markdig's answer to nesting beyond its depth limit.
            return null;
        }
    }

    private static MarkdownPipelineBuilder Pipeline() =>
        new MarkdownPipelineBuilder().DisableHtml().UseEmphasisExtras(EmphasisExtraOptions.Strikethrough).UseAutoLinks();

    private static long CellsAtMost(string text)
    {
        long widest = 0, lines = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            widest = Math.Max(widest, line.Count('|') + 1);
            lines++;
        }

        return widest <= 1 ? 0 : widest * lines;
    }
}
