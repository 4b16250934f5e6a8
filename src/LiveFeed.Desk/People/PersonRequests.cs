using System.ComponentModel.DataAnnotations;
using System.Net.Mail;
using LiveFeed.Contracts;

namespace LiveFeed.Desk;

/// <summary>Somebody who is invited.</summary>
public sealed record NewPerson
{
    /// <summary>Most characters of a name.</summary>
    internal const int NameLimit = 100;

    /// <inheritdoc cref="Person.Name"/>
    [Required]
    public string? Name { get; init; }

    /// <inheritdoc cref="Person.Email"/>
    public string? Email { get; init; }

    /// <inheritdoc cref="Person.Role"/>
    [Required]
    public DeskRole? Role { get; init; }

    /// <summary>The first rule that it breaks, or null.</summary>
    public BrokenRule? Check() =>
        Name is null ? new BrokenRule("name", "A person has a name.")
        : Role is null ? new BrokenRule("role", "A person has a role: reporter, editor or admin.")
        : new PersonChange { Name = Name, Email = Email, Role = Role }.Check();
}

/// <summary>A change of somebody's account: what is absent stays.</summary>
public sealed record PersonChange
{
    /// <inheritdoc cref="Person.Name"/>
    public string? Name { get; init; }

    /// <inheritdoc cref="Person.Email"/>
    public string? Email { get; init; }

    /// <inheritdoc cref="Person.Role"/>
    public DeskRole? Role { get; init; }

    /// <summary>The first rule that it breaks, or null.</summary>
    public BrokenRule? Check() =>
        Name is not null && string.IsNullOrWhiteSpace(Name) ? new BrokenRule("name", "A person has a name.")
        : EntryRules.CheckLine("name", Name, NewPerson.NameLimit) is { } broken ? broken
        // People sign in with either, so one must never look like the other.
        : Name?.Contains('@', StringComparison.Ordinal) == true ? new BrokenRule("name", "A name has no @: that tells it from an e-mail address.")
        : Email is not null && !IsEmail(Email) ? new BrokenRule("email", "email is an address such as ann@example.org.")
        : null;

    private static bool IsEmail(string text) =>
        text.Length <= 254 && MailAddress.TryCreate(text.Trim(), out var address) && address.Address == text.Trim() && !text.Any(char.IsControl);
}
