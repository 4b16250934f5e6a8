using System.Text.Json.Serialization;
using LiveFeed.Contracts;

namespace LiveFeed.Desk;

/// <summary>Somebody of the newsroom.</summary>
public sealed record Person
{
    /// <summary>Tells people apart.</summary>
    public required string Id { get; init; }

    /// <summary>Their name, kept with every revision that they write.</summary>
    public required string Name { get; init; }

    /// <summary>Their e-mail address, if one is known.</summary>
    public string? Email { get; init; }

    /// <summary>What they may do.</summary>
    public required DeskRole Role { get; init; }

    /// <summary>Whether they can sign in.</summary>
    public required PersonState State { get; init; }

    /// <summary>Whether signing in by password takes a code of their app as well.</summary>
    public required bool SecondStep { get; init; }

    /// <summary>How many passkeys they have.</summary>
    public required int Passkeys { get; init; }

    /// <summary>When they were first invited.</summary>
    [JsonConverter(typeof(Rfc3339))]
    public required DateTimeOffset InvitedAt { get; init; }

    /// <summary>When they last signed in.</summary>
    [JsonConverter(typeof(Rfc3339))]
    public DateTimeOffset? SignedInAt { get; init; }
}

/// <summary>Whether somebody can sign in.</summary>
[JsonConverter(typeof(LowerCase<PersonState>))]
public enum PersonState
{
    /// <summary>Not yet: they haven't opened their invitation.</summary>
    Invited,

    /// <summary>They can.</summary>
    Active,

    /// <summary>Not just now: too many wrong passwords were tried.</summary>
    Resting,
}

/// <summary>A link by which somebody comes in for the first time, or again when they have lost all ways in. It works once.</summary>
/// <param name="Person">Whose it is.</param>
/// <param name="Link">Its address. It isn't shown again.</param>
/// <param name="ExpiresAt">Until when it works.</param>
public sealed record Invitation(Person Person, string Link, [property: JsonConverter(typeof(Rfc3339))] DateTimeOffset ExpiresAt);
