using LiveFeed.Desk;

namespace LiveFeed.Server;

/// <summary>The newsroom's identity provider, as the configuration has it.</summary>
internal static class OpenIdSettings
{
    /// <summary>Reads the section; null when nothing stands in it.</summary>
    /// <exception cref="SettingException">A setting can't be used; the message says how to mend it.</exception>
    public static OpenIdProvider? From(IConfigurationSection section)
    {
        if (!section.Exists())
        {
            return null;
        }

        var authority = Authority(section);
        var roleClaim = section["RoleClaim"] is { Length: > 0 } claim ? claim : null;
        var roles = Enum.GetValues<DeskRole>().SelectMany(role => Values(section, role).Select(value => KeyValuePair.Create(value, role))).ToList();
        if ((roleClaim is null) != (roles.Count == 0) || roles.DistinctBy(pair => pair.Key).Count() < roles.Count)
        {
            throw new SettingException($"{section.Path}:RoleClaim",
                $"The claim and what its values mean go together: set {section.Path}:Roles:Admin, Editor or Reporter as well, each value for one role only, or none of them.");
        }

        return new OpenIdProvider(
            authority,
            Needed(section, "ClientId", "It is what the provider calls this desk: register the desk there."),
            Needed(section, "ClientSecret", "The provider gives it when the desk is registered there."),
            section["Name"] is { Length: > 0 } name ? name : authority.Host,
            roleClaim,
            new Dictionary<string, DeskRole>(roles, StringComparer.Ordinal));
    }

    private static Uri Authority(IConfigurationSection section) =>
        Uri.TryCreate(section["Authority"], UriKind.Absolute, out var authority) && (authority.Scheme == Uri.UriSchemeHttps || (authority.Scheme == Uri.UriSchemeHttp && authority.IsLoopback))
            ? authority
            : throw new SettingException($"{section.Path}:Authority", "It is the provider's address, such as https://login.example.org/newsroom; on plain http only on this machine.");

    private static string Needed(IConfigurationSection section, string name, string advice) =>
        section[name] is { Length: > 0 } value ? value : throw new SettingException($"{section.Path}:{name}", advice);

    private static string[] Values(IConfigurationSection section, DeskRole role) =>
        section[$"Roles:{role}"]?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
