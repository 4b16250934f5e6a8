using System.Diagnostics;
using System.Text.Json;
using LiveFeed.Browser.Tests.Browsing;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using LiveFeed.Testing;

namespace LiveFeed.Browser.Tests;

/// <summary>What the Nu HTML Checker, the W3C's own, finds wrong with the pages' markup: nothing.</summary>
public sealed class MarkupTests(Servers servers)
{
    public static TheoryData<string> Languages { get; } = [.. Showcase.Languages];

    [Theory, MemberData(nameof(Languages))]
    public async Task Every_page_is_valid_HTML(string language)
    {
        await using var showcase = await Showcase.OpenAsync(servers, language);
        await using var files = await TestDirectory.MakeAsync();
        var folder = files.Next();
        foreach (var (page, number) in showcase.Pages.Select((page, number) => (page, number)))
        {
            using var answer = await showcase.Newsroom.Ticker.GetAsync(new Uri(page.Path, UriKind.Relative));
            Assert.Equal(page.Status, (int)answer.StatusCode);
            await File.WriteAllTextAsync(Path.Combine(folder, $"{number}.html"), await answer.Content.ReadAsStringAsync());
        }

        var wrong = (await CheckAsync(folder)).Select(message =>
        {
            var number = int.Parse(Path.GetFileNameWithoutExtension(message.GetProperty("url").GetString()!), System.Globalization.CultureInfo.InvariantCulture);
            return $"{showcase.Pages[number].Path}: {message.GetProperty("message")}\n    {(message.TryGetProperty("extract", out var extract) ? extract : default)}";
        }).ToList();
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    // Of all files at once: Java takes longer to start than to check.
    private static async Task<IReadOnlyList<JsonElement>> CheckAsync(string folder)
    {
        var checker = Path.Combine(Repository.Root, "src", "LiveFeed.Web", "node_modules", "vnu-jar", "build", "dist", "vnu.jar");
        var start = new ProcessStartInfo("java", ["-Xss1m", "-jar", checker, "--format", "json", "--exit-zero-always", "--skip-non-html", folder]) { RedirectStandardError = true };
        using var java = Process.Start(start)!;
        var output = await java.StandardError.ReadToEndAsync();
        await java.WaitForExitAsync();
        Assert.True(java.ExitCode == 0, output);
        // Its warnings are advice: that a withdrawn item has no heading is right.
        return [.. JsonDocument.Parse(output).RootElement.GetProperty("messages").EnumerateArray()
            .Where(message => message.GetProperty("type").GetString() is "error" or "non-document-error")];
    }
}
