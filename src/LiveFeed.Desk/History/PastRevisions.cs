using LiveFeed.Archive.History;

namespace LiveFeed.Desk;

/// <summary>Reads the revisions of an entry as the newsroom sees them.</summary>
internal sealed class PastRevisions(EntryHistory history, AuditLog audit)
{
    // Rows of one entry's audit that are looked through for its senders.
    private const int MostNotes = 5_000;

    /// <summary>Revisions, the newest first; null when there is no such entry. None are left below <paramref name="before"/>: an empty list.</summary>
    public async Task<RevisionHistory?> ReadAsync(string feed, Guid entry, int? before, int most, Writer reader, CancellationToken cancellation)
    {
        // One more than asked for: each is compared with the one before it.
        var written = await history.RevisionsAsync(feed, entry, before, most + 1, cancellation);
        if (written.Count == 0 && before is null)
        {
            return null;
        }

        // Who sent what from where is for those who may read the audit log itself.
        var senders = reader is { Role: DeskRole.Admin, Feeds.Count: 0 }
            ? Sender.Of(await audit.OfAsync($"/api/feeds/{feed}/entries/{entry}", MostNotes, cancellation)) : [];
        var revisions = written.Take(most)
            .Select((one, i) => PastRevision.Of(one, i + 1 < written.Count ? written[i + 1] : null) with { SentBy = senders.GetValueOrDefault(one.Entry.Revision) }).ToList();
        return new(feed, entry, revisions, written.Count > most ? revisions[^1].Revision : null);
    }
}
