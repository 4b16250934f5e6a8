namespace LiveFeed.Rendering;

/// <summary>Addresses that may stand in an entry: absolute, since an entry is shown on other sites too.</summary>
internal static class WebAddress
{
    /// <summary>The address, when it is http or https; else null.</summary>
    public static string? OfWeb(string? address) => Of(address, mail: false);

    /// <summary>The address, when it is http, https or mailto; else null.</summary>
    public static string? OfLink(string? address) => Of(address, mail: true);

    private static string? Of(string? address, bool mail)
    {
        var trimmed = PlainText.Clean(address).Trim();
        trimmed = trimmed.StartsWith("//", StringComparison.Ordinal) ? "https:" + trimmed : trimmed;
        if (!Uri.TryCreate(trimmed, UriKind.Absolute, out var uri))
        {
            return null;
        }

        var allowed = uri.Scheme is "http" or "https" ? uri.Host.Length > 0 : mail && uri.Scheme is "mailto";
        // As written where that is plain; what browsers would have to repair is written as we understood it.
        return !allowed ? null : trimmed.Any(c => c <= ' ' || c is '\\' or '<' or '>' or '"' or '`') ? uri.AbsoluteUri : trimmed;
    }
}
