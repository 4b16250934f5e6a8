using LiveFeed.Contracts.Languages;
using Microsoft.AspNetCore.Identity;

namespace LiveFeed.Desk;

/// <summary>
/// What a password must be: long, and not what is tried first. There is no rule about digits and signs: it would make passwords
/// that are harder for people and no harder for machines (OWASP ASVS 5.0, 6.2; NIST SP 800-63B, 3.1.1.2).
/// </summary>
internal sealed class PasswordRules : IPasswordValidator<Account>
{
    /// <summary>The least length, in characters.</summary>
    public const int Least = 12;

    /// <summary>The greatest: no person's, and no burden to hash.</summary>
    public const int Most = 256;

    // How many different characters must be left when all that is guessed first is taken out.
    private const int LeastUnguessed = 4;

    // What the commonest passwords of this length are put together from.
    private static readonly string[] Common =
    [
        "1234567890", "0987654321", "123456789", "987654321", "12345678", "87654321", "1234567", "7654321", "123456", "654321", "12345", "54321", "1234", "4321", "123",
        "qwertyuiop", "qwertzuiop", "azertyuiop", "asdfghjkl", "zxcvbnm", "1qaz2wsx", "q1w2e3r4t5", "1q2w3e4r5t", "qwerty", "qwertz", "azerty", "asdfgh", "asdf", "zxcv", "qazwsx",
        "abcdefghijklmnopqrstuvwxyz", "abcdefgh", "abcdef", "abcd", "abc",
        "password", "passwort", "motdepasse", "contrasena", "parola", "passphrase", "passw", "pass", "secret", "geheim", "letmein", "welcome", "willkommen", "bienvenue",
        "iloveyou", "princess", "sunshine", "football", "baseball", "superman", "batman", "dragon", "monkey", "master", "shadow", "michael", "jennifer", "charlie", "trustno1",
        "whatever", "starwars", "pokemon", "minecraft", "liverpool", "arsenal", "chelsea", "computer", "internet", "google", "facebook", "changeme", "default", "guest",
        "administrator", "admin", "root", "login", "user", "test", "hello", "newsroom", "reporter", "editor", "livefeed", "ticker", "desk", "news",
        "january", "february", "march", "april", "june", "july", "august", "september", "october", "november", "december", "spring", "summer", "autumn", "winter",
        "2020", "2021", "2022", "2023", "2024", "2025", "2026", "2027",
    ];

    /// <inheritdoc/>
    public Task<IdentityResult> ValidateAsync(UserManager<Account> manager, Account user, string? password) =>
        Task.FromResult(Find(user, password ?? "") is { } broken ? IdentityResult.Failed(new IdentityError { Code = broken, Description = broken }) : IdentityResult.Success);

    /// <summary>The rule that a password breaks, in these words, or null.</summary>
    public static string? Check(Account person, string password, LanguageWords words) =>
        Find(person, password) is { } broken ? words[broken, ("least", Least), ("most", Most)] : null;

    // What the rule is called among the pages' words.
    private static string? Find(Account person, string password) =>
        password.Length < Least ? "password.short"
        : password.Length > Most ? "password.long"
        : IsGuessed(person, password) ? "password.guessed"
        : null;

    private static bool IsGuessed(Account person, string password)
    {
        var own = $"{person.Name} {person.Email}".Split([' ', '.', '-', '_', '@', '+', '\''], StringSplitOptions.RemoveEmptyEntries).Where(part => part.Length >= 3);
        var rest = Plain(password);
        foreach (var guess in own.OrderByDescending(part => part.Length).Concat(Common).Select(Plain))
        {
            rest = rest.Replace(guess, "", StringComparison.Ordinal);
        }

        return rest.Where(char.IsLetterOrDigit).Distinct().Count() < LeastUnguessed;
    }

    // As those who guess do: in small letters, with signs that stand for letters read as them.
    private static string Plain(string text) =>
        text.ToLowerInvariant().Replace('0', 'o').Replace('@', 'a').Replace('$', 's').Replace('3', 'e').Replace('1', 'i').Replace('!', 'i');
}
