using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace LiveFeed.Contracts;

/// <summary>
/// What an entry and a feed may be. The desk checks these to answer a writer at once; the fan-out checks them again, since
/// others may write to the broker. Each answer names the field and the rule.
/// </summary>
public static partial class EntryRules
{
    /// <summary>Longest headline, in characters (UTF-16 units).</summary>
    public const int HeadlineLimit = 300;

    /// <summary>Longest body, in bytes of UTF-8.</summary>
    public const int BodyLimit = 64 * 1024;

    /// <summary>Longest byline, source name, credit and feed title, in characters.</summary>
    public const int NameLimit = 200;

    /// <summary>Longest caption, alternative text and note, in characters.</summary>
    public const int CaptionLimit = 2_000;

    /// <summary>Longest address, in characters.</summary>
    public const int UrlLimit = 2_000;

    /// <summary>Most tags of an entry.</summary>
    public const int TagLimit = 20;

    private static readonly HashSet<string> OtherAddresses =
        ["api", "assets", "desk", "developers", "embed", "health", "hubs", "metrics", "oembed", "openapi", "pictures", "privacy", "problems"];

    private static readonly string[] Clearable = ["headline", "body", "byline", "source", "image", "link", "tags"];

    /// <summary>The first rule that <paramref name="submission"/> breaks, or null.</summary>
    public static BrokenRule? Check(SubmitEntry submission, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(submission);
        // What came over the broker may lack what the compiler promises.
        var fields = submission.Fields ?? new EntryFields();
        return CheckSlug("feed", submission.Feed)
            ?? Unless(submission.SubmissionId != Guid.Empty, "submissionId", "A submission needs an id of its own: a UUID that isn't all zeros.")
            ?? Unless(submission.EntryId != Guid.Empty, "id", "An entry's id is a UUID that isn't all zeros.")
            ?? Unless(submission.ExpectedRevision is null or >= 1, "revision", "Revisions count from 1.")
            ?? CheckFields(fields)
            ?? CheckText("note", submission.Note, CaptionLimit)
            ?? CheckLine("by", submission.By, NameLimit)
            ?? submission.Action switch
            {
                EntryAction.Publish => CheckPublish(submission, now),
                EntryAction.Edit when fields == new EntryFields() => new("fields", "An edit names at least one field to change."),
                EntryAction.Correct when string.IsNullOrWhiteSpace(submission.Note) => new("note", "A correction says in its note what was wrong."),
                EntryAction.Retract when fields != new EntryFields() => new("fields", "A retraction takes a note and nothing else."),
                _ => null,
            };
    }

    /// <summary>The rule that an entry as a whole breaks, or null: there is something to read.</summary>
    public static BrokenRule? CheckContent(Entry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return CheckSomethingToRead(entry.Headline, entry.Body, entry.Image);
    }

    /// <summary>The rule that a feed's slug breaks, or null.</summary>
    public static BrokenRule? CheckSlug(string field, string? slug) =>
        slug is not null && Slug().IsMatch(slug) ? null : new(field, "A feed's slug is 1 to 64 characters of a-z, 0-9 and the hyphen.");

    /// <summary>The rule that the slug of a new feed breaks, or null: it may not be a word that begins another address of the server.</summary>
    public static BrokenRule? CheckNewSlug(string field, string? slug) =>
        CheckSlug(field, slug)
        ?? Unless(!OtherAddresses.Contains(slug!), field, $"'{slug}' can't be a feed's slug: the server has something else at that address.");

    /// <summary>The rule that a language tag breaks, or null: a well-formed tag (RFC 5646) of a language that is known here.</summary>
    public static BrokenRule? CheckLanguage(string field, string? tag) =>
        tag is not null && LanguageTag().IsMatch(tag) && IsKnownLanguage(tag) ? null
            : new(field, "A language is a BCP 47 tag, such as en, uk, pt-BR or ar.");

    /// <summary>
    /// The rule that a time zone breaks, or null. What a system has in the same folder beside the zones (<c>localtime</c>,
    /// <c>posix/…</c>, zones with leap seconds) is known to no browser, so it is none.
    /// </summary>
    public static BrokenRule? CheckTimeZone(string field, string? name) =>
        name is not null && name.Length <= 64 && ZoneName().IsMatch(name) && IsZone(name) ? null
            : new(field, "A time zone is a name of the IANA database, such as Europe/Kyiv or UTC.");

    /// <summary>The rule that a plain text breaks, or null. Absent is fine; it may have several lines.</summary>
    public static BrokenRule? CheckText(string field, string? text, int limit) =>
        text is null ? null
        : text.Length > limit ? new(field, string.Create(CultureInfo.InvariantCulture, $"{field} has {text.Length} characters; at most {limit} are allowed."))
        : CheckCharacters(field, text);

    /// <summary>The rule that a plain text of one line breaks, or null. Absent is fine.</summary>
    public static BrokenRule? CheckLine(string field, string? text, int limit) =>
        CheckText(field, text, limit) ?? Unless(text is null || !text.Any(IsLineBreak), field, $"{field} is one line; it can't hold a line break.");

    /// <summary>The rule that an address breaks, or null: absolute, http or https. Absent is fine.</summary>
    public static BrokenRule? CheckUrl(string field, string? url) =>
        url is null ? null
        : url.Length <= UrlLimit && Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            && uri.Host.Length > 0 && CheckCharacters(field, url) is null && !url.Any(char.IsControl) ? null
        : new(field, $"{field} must be an absolute http or https address of at most {UrlLimit} characters.");

    /// <summary>The rule that names of fields to empty break, or null. Absent is fine.</summary>
    public static BrokenRule? CheckClear(string field, IReadOnlyList<string>? names) =>
        names?.Where(name => !Clearable.Contains(name)).ToList() is [var unknown, ..]
            ? new(field, $"'{unknown}' can't be emptied; these can: {string.Join(", ", Clearable)}.")
            : null;

    private static BrokenRule? Unless(bool holds, string field, string rule) => holds ? null : new(field, rule);

    private static BrokenRule? CheckPublish(SubmitEntry submission, DateTimeOffset now) =>
        CheckSomethingToRead(submission.Fields.Headline, submission.Fields.Body, submission.Fields.Image)
        // Clocks differ a little between writers and us; more than a minute is a plan, and plans aren't news yet.
        ?? Unless(submission.PublishedAt is null || submission.PublishedAt <= now.AddMinutes(1), "publishedAt", "publishedAt lies in the future.")
        ?? Unless(submission.PublishedAt is null || submission.PublishedAt.Value.Year >= 1990, "publishedAt", "publishedAt lies before 1990.");

    private static BrokenRule? CheckSomethingToRead(string? headline, string? body, EntryImage? image) =>
        Unless(
            !string.IsNullOrWhiteSpace(headline) || !string.IsNullOrWhiteSpace(body) || image is not null,
            "headline", "An entry needs a headline, a body or an image.");

    private static BrokenRule? CheckFields(EntryFields fields) =>
        CheckEnum("kind", fields.Kind)
        ?? CheckEnum("bodyFormat", fields.BodyFormat)
        ?? CheckLine("headline", fields.Headline, HeadlineLimit)
        ?? CheckBody(fields.Body)
        ?? CheckLine("byline", fields.Byline, NameLimit)
        ?? CheckSource(fields.Source)
        ?? CheckImage(fields.Image)
        ?? CheckUrl("link", fields.Link)
        ?? CheckTags(fields.Tags)
        ?? CheckClear("clear", fields.Clear)
        ?? (fields.Clear?.FirstOrDefault(name => IsGiven(fields, name)) is { } both
            ? new(both, $"{both} is given and emptied at once; it can be one of the two.") : null);

    private static bool IsGiven(EntryFields fields, string clearable) => clearable switch
    {
        "headline" => fields.Headline,
        "body" => fields.Body,
        "byline" => fields.Byline,
        "source" => fields.Source,
        "image" => fields.Image,
        "link" => fields.Link,
        "tags" => (object?)fields.Tags,
        _ => throw new ArgumentOutOfRangeException(nameof(clearable)),
    } is not null;

    private static BrokenRule? CheckEnum<TEnum>(string field, TEnum? value) where TEnum : struct, Enum =>
        value is { } given && !Enum.IsDefined(given) ? new(field, $"{field} is one of {Names<TEnum>()}.") : null;

    private static string Names<TEnum>() where TEnum : struct, Enum =>
        string.Join(", ", Enum.GetNames<TEnum>().Select(name => char.ToLowerInvariant(name[0]) + name[1..]));

    private static BrokenRule? CheckBody(string? body) =>
        body is not null && Encoding.UTF8.GetByteCount(body) is var bytes && bytes > BodyLimit
            ? new("body", string.Create(CultureInfo.InvariantCulture, $"body has {bytes} bytes; at most {BodyLimit} are allowed."))
            : CheckText("body", body, BodyLimit);

    private static BrokenRule? CheckSource(EntrySource? source) =>
        source is null ? null
        : string.IsNullOrWhiteSpace(source.Name) ? new("source.name", "A source has a name.")
        : CheckLine("source.name", source.Name, NameLimit) ?? CheckUrl("source.url", source.Url);

    private static BrokenRule? CheckImage(EntryImage? image) =>
        image is null ? null
        : image.Url is null ? new("image.url", "An image has an address.")
        : CheckUrl("image.url", image.Url)
            ?? CheckText("image.alt", image.Alt, CaptionLimit)
            // Of agencies' pictures many come without; who sends us one has it before their eyes.
            ?? Unless(!PictureAddress.IsOwn(image.Url) || !string.IsNullOrWhiteSpace(image.Alt), "image.alt", "A picture that was added here is described (image.alt), for those who can't see it.")
            ?? CheckText("image.caption", image.Caption, CaptionLimit)
            ?? CheckLine("image.credit", image.Credit, NameLimit)
            ?? CheckPixels("image.width", image.Width)
            ?? CheckPixels("image.height", image.Height);

    private static BrokenRule? CheckPixels(string field, int? pixels) =>
        Unless(pixels is null or (>= 1 and <= 100_000), field, $"{field} is 1 to 100000 pixels.");

    private static BrokenRule? CheckTags(IReadOnlyList<string>? tags) =>
        tags is null ? null
        : tags.Count > TagLimit ? new("tags", $"An entry has at most {TagLimit} tags.")
        : tags.Any(tag => string.IsNullOrWhiteSpace(tag) || tag.Length > 64 || tag.Any(char.IsControl) || CheckCharacters("tags", tag) is not null)
            ? new("tags", "A tag is 1 to 64 characters of plain text.")
            : null;

    // Controls can't stand in XML, PostgreSQL takes no NUL, and a terminal would obey some; a bidi override makes readers see
    // other words, or another sum, than what is written. Marks and isolates, which right-to-left texts need, are fine.
    private static BrokenRule? CheckCharacters(string field, string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
                continue;
            }

            var what = char.IsSurrogate(c) ? "half a character (a lone surrogate"
                : c is < ' ' and not ('\t' or '\n' or '\r') ? "a control character ("
                : c is '\u202D' or '\u202E' ? "a bidi override ("
                : c is '\uFFFE' or '\uFFFF' ? "what is no character ("
                : null;
            if (what is not null)
            {
                return new(field, string.Create(CultureInfo.InvariantCulture, $"{field} holds {what}{(char.IsSurrogate(c) ? "" : $"U+{(int)c:X4}")}); it must be well-formed text."));
            }
        }

        return null;
    }

    private static bool IsLineBreak(char c) => c is '\n' or '\r' or '\u0085' or '\u2028' or '\u2029';

    // A name in another case is found only while the zone is held from an earlier look: not after the next start.
    private static bool IsZone(string name) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.HasIanaId && zone.Id == name;

    private static bool IsKnownLanguage(string tag)
    {
        try
        {
            return CultureInfo.GetCultureInfo(tag, predefinedOnly: true).Name.Length > 0;
        }
        catch (CultureNotFoundException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"\A[a-z0-9-]{1,64}\z")]
    private static partial Regex Slug();

    [GeneratedRegex(@"\A(?!(posix|right)/|(localtime|posixrules|Factory)\z)[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+){0,2}\z")]
    private static partial Regex ZoneName();

    [GeneratedRegex(@"\A[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}\z")]
    private static partial Regex LanguageTag();
}

/// <summary>A rule that an input broke.</summary>
/// <param name="Field">The field, as it is named in JSON.</param>
/// <param name="Rule">The rule in words, and what would be right.</param>
public sealed record BrokenRule(string Field, string Rule);
