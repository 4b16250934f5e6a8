using System.Buffers.Text;
using System.Globalization;
using System.Text;
using LiveFeed.Contracts;

namespace LiveFeed.Archive;

/// <summary>Which entries of a feed to list.</summary>
public sealed record PageQuery
{
    /// <summary>How many a list has unless somebody says.</summary>
    public const int UsualLimit = 20;

    /// <summary>How many at most, from 1.</summary>
    public int Limit { get; init; } = UsualLimit;

    /// <summary>Only what stands below this place.</summary>
    public Cursor? Before { get; init; }

    /// <summary>Only what stands right above this place.</summary>
    public Cursor? After { get; init; }

    /// <summary>Only entries with this tag.</summary>
    public string? Tag { get; init; }

    /// <summary>Only key events.</summary>
    public bool KeyEvents { get; init; }

    /// <summary>With the text as it was written.</summary>
    public bool WithBody { get; init; }

    /// <summary>Reads how many somebody asks for: a whole number from 1 to 100. False for anything else.</summary>
    public static bool TryReadLimit(string? text, out int limit) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit is >= 1 and <= 100;
}

/// <summary>
/// A place in readers' order. It names the entry above it, not a number of entries, so that it stays where it is while new
/// ones arrive at the top. Opaque to those who use it.
/// </summary>
/// <param name="Pinned">Whether the entry above is pinned.</param>
/// <param name="PublishedAt">When the entry above was published, in milliseconds since 1970.</param>
/// <param name="Id">The entry above.</param>
public sealed record Cursor(bool Pinned, long PublishedAt, Guid Id)
{
    /// <summary>The place just below <paramref name="entry"/>.</summary>
    public static Cursor After(Entry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return new(entry.Pinned, entry.PublishedAt.ToUnixTimeMilliseconds(), entry.Id);
    }

    /// <summary>Reads what <see cref="ToString"/> wrote; null for anything else.</summary>
    public static Cursor? Parse(string? text)
    {
        if (text is null || text.Length > 200 || !Base64Url.IsValid(text))
        {
            return null;
        }

        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split(' ');
        return parts is [var pinned and ("p" or "-"), var at, var id]
            && long.TryParse(at, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var publishedAt)
            && Guid.TryParseExact(id, "D", out var entry)
            ? new Cursor(pinned == "p", publishedAt, entry) : null;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{(Pinned ? 'p' : '-')} {PublishedAt} {Id}")));
}
