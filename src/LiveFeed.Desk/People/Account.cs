namespace LiveFeed.Desk;

/// <summary>
/// Somebody's account as it is kept: what ASP.NET Core Identity calls a user. What counts wrong tries stands in the same row but
/// isn't in here: it changes while other things stay as they were read.
/// </summary>
public sealed class Account
{
    /// <summary>The account of whoever runs the server; they come in by the link that it prints.</summary>
    public const string OperatorId = "desk";

    /// <summary>Tells accounts apart, and never changes.</summary>
    public string Id { get; set; } = "";

    /// <summary>The person's name: to sign in with, and kept with every revision that they write.</summary>
    public string Name { get; set; } = "";

    /// <summary>The name as it is compared.</summary>
    public string NameKey { get; set; } = "";

    /// <summary>In small letters; null when none is known.</summary>
    public string? Email { get; set; }

    /// <summary>What they may do.</summary>
    public DeskRole Role { get; set; }

    /// <summary>As Identity's hasher makes it; null when they have none.</summary>
    public string? PasswordHash { get; set; }

    /// <summary>What their app makes codes of (Base32); null when they use none.</summary>
    public string? TotpKey { get; set; }

    /// <summary>The time step of the last code that was taken: none works twice (RFC 6238, 5.2).</summary>
    public long TotpLastStep { get; set; }

    /// <summary>Who they are elsewhere, as the identity provider names them; null when they never came from there.</summary>
    public string? Login { get; set; }

    /// <summary>When they were invited, in milliseconds since 1970.</summary>
    public long CreatedAt { get; set; }

    /// <summary>Raised by every change: who changes what they read before another's change is refused.</summary>
    public long Version { get; set; }
}
