using System.Globalization;
using System.Text.Json.Serialization;
using LiveFeed.Archive.History;
using LiveFeed.Contracts;

namespace LiveFeed.Desk;

/// <summary>An entry's revisions as the newsroom sees them, the newest first.</summary>
/// <param name="Feed">The feed's slug.</param>
/// <param name="Id">The entry.</param>
/// <param name="Revisions">The revisions; what was withdrawn among them.</param>
/// <param name="Next">What <c>before</c> takes to go on; absent at the end.</param>
public sealed record RevisionHistory(string Feed, Guid Id, IReadOnlyList<PastRevision> Revisions, int? Next);

/// <summary>One revision: who did what, and what it changed.</summary>
public sealed record PastRevision
{
    /// <summary>1 when first published, one more at every change.</summary>
    public required int Revision { get; init; }

    /// <summary>Its place in the feed's log.</summary>
    public required long Seq { get; init; }

    /// <summary>What was done.</summary>
    public required EntryAction Action { get; init; }

    /// <summary>Who did it: the name of a person or a key.</summary>
    public string? By { get; init; }

    /// <summary>When.</summary>
    [JsonConverter(typeof(Rfc3339))]
    public required DateTimeOffset At { get; init; }

    /// <summary>What readers were told of it.</summary>
    public string? Note { get; init; }

    /// <summary>True when readers weren't told "Updated".</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Minor { get; init; }

    /// <summary>The entry as this revision left it, with the body.</summary>
    public required Entry Entry { get; init; }

    /// <summary>Who sent it, as the audit log has it; for administrators.</summary>
    public Sender? SentBy { get; init; }

    /// <summary>The fields that it changed; none for the first.</summary>
    public required IReadOnlyList<FieldChange> Changes { get; init; }

    /// <summary>A revision and the one before it; null for the first.</summary>
    internal static PastRevision Of(WrittenRevision written, WrittenRevision? before)
    {
        var (entry, earlier) = (written.Entry, before?.Entry);
        return new()
        {
            Revision = entry.Revision,
            Seq = entry.Seq,
            Action = written.Action,
            By = written.By,
            At = written.At,
            Note = entry.Correction != earlier?.Correction ? entry.Correction?.Note : null,
            Minor = earlier is not null && entry.UpdatedAt == earlier.UpdatedAt,
            Entry = entry,
            Changes = earlier is null ? [] : FieldChange.Between(earlier, entry),
        };
    }
}

/// <summary>Who sent a change to the desk: of a draft, the editor who put it on the air.</summary>
/// <param name="Id">The key or account.</param>
/// <param name="Name">The name that it had then.</param>
/// <param name="Address">The network that it came from.</param>
/// <param name="Action">What was asked for, by its name in the description of the API.</param>
public sealed record Sender(string? Id, string? Name, string? Address, string Action)
{
    /// <summary>Senders by the revision that came of what they sent; the first, where it was sent again.</summary>
    internal static Dictionary<int, Sender> Of(IReadOnlyList<AuditRow> rows)
    {
        var senders = new Dictionary<int, Sender>();
        foreach (var row in rows)
        {
            if (row.Details.TryGetProperty("version", out var version) && int.TryParse(version.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var revision))
            {
                senders.TryAdd(revision, new(row.ById, row.By, row.Address, row.Action));
            }
        }

        return senders;
    }
}

/// <summary>A field that a revision changed.</summary>
/// <param name="Field">Its name.</param>
/// <param name="Diff">Of texts, what came in and what went out, word by word; absent for other fields.</param>
public sealed record FieldChange(string Field, IReadOnlyList<Piece>? Diff)
{
    internal static IReadOnlyList<FieldChange> Between(Entry before, Entry after)
    {
        var changes = new List<FieldChange>();
        Text("headline", before.Headline, after.Headline);
        Text("body", before.Body, after.Body);
        Other("bodyFormat", before.BodyFormat, after.BodyFormat);
        Other("kind", before.Kind, after.Kind);
        Other("byline", before.Byline, after.Byline);
        Other("source", before.Source, after.Source);
        Other("image", before.Image, after.Image);
        Other("link", before.Link, after.Link);
        if (!(before.Tags ?? []).SequenceEqual(after.Tags ?? []))
        {
            changes.Add(new("tags", null));
        }

        Other("pinned", before.Pinned, after.Pinned);
        Other("keyEvent", before.KeyEvent, after.KeyEvent);
        Other("status", before.Status, after.Status);
        return changes;

        void Text(string field, string? old, string? now)
        {
            if (old != now)
            {
                changes.Add(new(field, TextDiff.Between(old ?? "", now ?? "")));
            }
        }

        void Other<T>(string field, T old, T now)
        {
            if (!EqualityComparer<T>.Default.Equals(old, now))
            {
                changes.Add(new(field, null));
            }
        }
    }
}

/// <summary>A feed as it stood at a time: what readers saw then.</summary>
/// <param name="Feed">The feed's slug.</param>
/// <param name="At">The time.</param>
/// <param name="Position">Where the feed's log stood.</param>
/// <param name="Entries">The entries, in readers' order; also what was withdrawn later.</param>
/// <param name="Next">What <c>before</c> takes to go on; absent at the end.</param>
public sealed record FeedAsItStood(
    string Feed, [property: JsonConverter(typeof(Rfc3339))] DateTimeOffset At, Position Position, IReadOnlyList<Entry> Entries, string? Next);
