using LiveFeed.Archive.History;
using LiveFeed.Contracts;
using LiveFeed.Contracts.Languages;

namespace LiveFeed.Ticker.Pages.Changes;

/// <summary>One change of an entry that a reader can see.</summary>
/// <param name="At">When; null for a small one, which the entry's "Updated" doesn't tell of either.</param>
/// <param name="Note">What was wrong, when it is a correction.</param>
/// <param name="Headline">What changed in the headline; empty when nothing did.</param>
/// <param name="Text">What changed below it; empty when nothing did.</param>
public sealed record Change(DateTimeOffset? At, string? Note, IReadOnlyList<Piece> Headline, IReadOnlyList<Piece> Text)
{
    /// <summary>More changes than anyone reads are not compared.</summary>
    private const int Most = 50;

    /// <summary>The changes between an entry's revisions, the newest first. What a reader can't see (pinned, tagged) is none.</summary>
    public static IReadOnlyList<Change> Of(IReadOnlyList<Entry> revisions)
    {
        var changes = new List<Change>();
        for (var at = revisions.Count - 1; at > 0 && changes.Count < Most; at--)
        {
            var (before, after) = (revisions[at - 1], revisions[at]);
            var headline = Between(Names.Clean(before.Headline), Names.Clean(after.Headline));
            var text = Between(EntryText.Of(before), EntryText.Of(after));
            var note = after.Correction is { } correction && correction != before.Correction ? correction.Note : null;
            if (headline.Count + text.Count > 0 || note is not null)
            {
                changes.Add(new(after.UpdatedAt == before.UpdatedAt ? null : after.UpdatedAt, note, headline, text));
            }
        }

        return changes;
    }

    private static IReadOnlyList<Piece> Between(string before, string after) => before == after ? [] : TextDiff.Between(before, after);
}
