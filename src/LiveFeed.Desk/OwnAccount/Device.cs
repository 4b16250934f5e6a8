using LiveFeed.Contracts.Languages;

namespace LiveFeed.Desk;

/// <summary>A browser's name for itself, in words that people know.</summary>
internal static class Device
{
    // In this order: most call themselves by their ancestors' names as well.
    private static readonly (string Sign, string Name)[] Browsers =
        [("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Chromium", "Chromium"), ("Safari", "Safari")];

    private static readonly (string Sign, string Name)[] Systems =
        [("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS", "Mac"), ("CrOS", "Chromebook"), ("Linux", "Linux")];

    public static string Name(string agent, LanguageWords words)
    {
        var browser = Find(Browsers, agent);
        var system = Find(Systems, agent);
        return (browser, system) switch
        {
            (null, null) => words["account.someProgram"],
            (_, null) => browser,
            _ => words["account.device", ("browser", browser ?? words["account.someBrowser"]), ("system", system)],
        };
    }

    private static string? Find((string Sign, string Name)[] known, string agent) =>
        known.Where(one => agent.Contains(one.Sign, StringComparison.Ordinal)).Select(one => one.Name).FirstOrDefault();
}
