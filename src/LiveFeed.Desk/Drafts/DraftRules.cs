using System.Globalization;
using System.Text;
using LiveFeed.Contracts;

namespace LiveFeed.Desk;

/// <summary>
/// What a draft may be. Half a sentence and half an address are fine, or a pause in typing would lose words; only the limits hold.
/// All of <see cref="EntryRules"/> is asked for when it goes to an editor, or on the air.
/// </summary>
internal static class DraftRules
{
    /// <summary>Longest notes for the newsroom, in characters.</summary>
    public const int NotesLimit = 10_000;

    /// <summary>The first rule that a draft breaks, or null.</summary>
    public static BrokenRule? Check(DraftContent draft) =>
        CheckAction(draft)
        ?? EntryRules.CheckText("headline", draft.Headline, EntryRules.HeadlineLimit)
        ?? CheckBody(draft.Body)
        ?? EntryRules.CheckText("byline", draft.Byline, EntryRules.NameLimit)
        ?? EntryRules.CheckText("link", draft.Link, EntryRules.UrlLimit)
        ?? EntryRules.CheckText("source.name", draft.Source?.Name, EntryRules.NameLimit)
        ?? EntryRules.CheckText("source.url", draft.Source?.Url, EntryRules.UrlLimit)
        ?? EntryRules.CheckText("image.url", draft.Image?.Url, EntryRules.UrlLimit)
        ?? EntryRules.CheckText("image.alt", draft.Image?.Alt, EntryRules.CaptionLimit)
        ?? EntryRules.CheckText("image.caption", draft.Image?.Caption, EntryRules.CaptionLimit)
        ?? EntryRules.CheckText("image.credit", draft.Image?.Credit, EntryRules.NameLimit)
        ?? CheckTags(draft.Tags)
        ?? EntryRules.CheckClear("clear", draft.Clear)
        ?? EntryRules.CheckText("note", draft.Note, EntryRules.CaptionLimit)
        ?? EntryRules.CheckText("deskNotes", draft.DeskNotes, NotesLimit);

    private static BrokenRule? CheckAction(DraftContent draft) => (draft.Action, draft.EntryId, draft.Revision) switch
    {
        (EntryAction.Retract, _, _) => new("action", "A draft is to publish, edit or correct. A retraction isn't kept for later."),
        (EntryAction.Publish, null, null) => null,
        (EntryAction.Publish, null, _) => new("revision", "A new entry has no revision yet."),
        (EntryAction.Publish, _, _) => new("entryId", "A new entry gets the draft's id. To change an entry, say edit or correct as the action."),
        (_, null, _) => new("entryId", "A change names the entry that it changes."),
        (_, _, null or < 1) => new("revision", "A change names the revision that its writer saw; they count from 1."),
        _ => null,
    };

    private static BrokenRule? CheckBody(string? body) =>
        body is not null && Encoding.UTF8.GetByteCount(body) is var bytes && bytes > EntryRules.BodyLimit
            ? new("body", string.Create(CultureInfo.InvariantCulture, $"body has {bytes} bytes; at most {EntryRules.BodyLimit} are allowed."))
            : EntryRules.CheckText("body", body, EntryRules.BodyLimit);

    private static BrokenRule? CheckTags(IReadOnlyList<string>? tags) =>
        tags is { Count: > EntryRules.TagLimit } ? new("tags", $"An entry has at most {EntryRules.TagLimit} tags.")
            : tags?.Select(tag => tag is null ? new BrokenRule("tags", "A tag is a text.") : EntryRules.CheckText("tags", tag, 64)).FirstOrDefault(broken => broken is not null);
}
