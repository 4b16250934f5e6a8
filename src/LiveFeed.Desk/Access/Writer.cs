using System.Text.Json.Serialization;
using LiveFeed.Contracts;

namespace LiveFeed.Desk;

/// <summary>What a writer may do; each may all that those before it may.</summary>
[JsonConverter(typeof(LowerCase<DeskRole>))]
public enum DeskRole
{
    /// <summary>Works on drafts; puts nothing on the air.</summary>
    Reporter,

    /// <summary>Publishes, edits, corrects and retracts.</summary>
    Editor,

    /// <summary>Makes feeds and keys as well.</summary>
    Admin,
}

/// <summary>Who is writing: the holder of a key, or somebody signed in at the desk.</summary>
/// <param name="Id">Tells writers apart; shown to nobody else.</param>
/// <param name="Name">Kept with every revision.</param>
/// <param name="Role">What they may do.</param>
/// <param name="Feeds">The feeds they may write to; empty for all.</param>
public sealed record Writer(string Id, string Name, DeskRole Role, IReadOnlyList<string> Feeds)
{
    /// <summary>Whether they may write to this feed.</summary>
    public bool MayWriteTo(string feed) => Feeds.Count == 0 || Feeds.Contains(feed);
}
