using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using DiffPlex;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;
using LiveFeed.Contracts;

namespace LiveFeed.Archive.History;

/// <summary>A stretch of a text: whether it came in, went out or stayed.</summary>
/// <param name="Kind">Which of the three.</param>
/// <param name="Text">The stretch itself.</param>
public sealed record Piece(PieceKind Kind, string Text);

/// <summary>What became of a stretch of text.</summary>
[JsonConverter(typeof(LowerCase<PieceKind>))]
public enum PieceKind
{
    /// <summary>It stayed.</summary>
    Same,

    /// <summary>It came in.</summary>
    Added,

    /// <summary>It went out.</summary>
    Removed,
}

/// <summary>What changed between two texts, word by word.</summary>
public static partial class TextDiff
{
    /// <summary>Pieces of a text above which paragraphs are compared and not words: what a comparison costs grows with both.</summary>
    private const int MostWords = 5_000;

    /// <summary>The pieces of both texts, in order. Above some thousand words whole paragraphs are the pieces.</summary>
    public static IReadOnlyList<Piece> Between(string before, string after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var words = new Words();
        IChunker chunker = words.Chunk(before).Count > MostWords || words.Chunk(after).Count > MostWords ? new Paragraphs() : words;
        var pieces = new List<Piece>();
        foreach (var line in InlineDiffBuilder.Diff(before, after, ignoreWhiteSpace: false, ignoreCase: false, chunker).Lines)
        {
            var kind = line.Type switch
            {
                ChangeType.Inserted => PieceKind.Added,
                ChangeType.Deleted => PieceKind.Removed,
                _ => PieceKind.Same,
            };
            if (pieces is [.., { } last] && last.Kind == kind)
            {
                pieces[^1] = last with { Text = last.Text + line.Text };
            }
            else
            {
                pieces.Add(new(kind, line.Text));
            }
        }

        return pieces;
    }

    // Chinese and Japanese part no words: there a letter is a piece.
    [GeneratedRegex(@"[\u3041-\u30FF\u3400-\u9FFF\uF900-\uFAFF]|[\p{L}\p{M}\p{N}'’\-]+?(?=[\u3041-\u30FF\u3400-\u9FFF]|[^\p{L}\p{M}\p{N}'’\-]|\z)|\s+|.", RegexOptions.Singleline)]
    private static partial Regex Word();

    private sealed class Words : IChunker
    {
        public IReadOnlyList<string> Chunk(string text) => [.. Word().Matches(text).Select(match => match.Value)];
    }

    private sealed class Paragraphs : IChunker
    {
        public IReadOnlyList<string> Chunk(string text) => [.. text.Split('\n').Select(line => line + "\n")];
    }
}
