using System.Diagnostics;
using System.Text.Json;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using LiveFeed.Testing;

namespace LiveFeed.EndToEnd.Tests.Syndication;

/// <summary>Programs that others wrote (<c>read.mjs</c>): what they understand of a feed.</summary>
internal static class OtherProgram
{
    /// <summary>What one of them read.</summary>
    /// <param name="what">Which of them.</param>
    /// <param name="address">What it is given to read.</param>
    /// <param name="arguments">What else.</param>
    public static async Task<JsonElement> ReadsAsync(string what, Uri address, params string[] arguments)
    {
        using var node = Start(what, address, arguments);
        var (output, error) = (node.StandardOutput.ReadToEndAsync(), node.StandardError.ReadToEndAsync());
        await node.WaitForExitAsync();
        Assert.True(node.ExitCode == 0, await error);
        return JsonDocument.Parse(await output).RootElement;
    }

    /// <summary>Starts one that goes on until its standard input is closed.</summary>
    public static Process Start(string what, Uri address, params string[] arguments) => Process.Start(new ProcessStartInfo(
        "node",
        [Path.Combine(AppContext.BaseDirectory, "Syndication", "read.mjs"), Path.Combine(Repository.Root, "src", "LiveFeed.Web", "package.json"), what, address.ToString(), .. arguments])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    /// <summary>What Jing, which comes with the Nu HTML Checker, finds wrong in an Atom document by the schema of RFC 4287.</summary>
    public static async Task<string> ValidateAtomAsync(string document)
    {
        var folder = Directory.CreateTempSubdirectory("livefeed-atom-");
        var file = Path.Combine(folder.FullName, "atom.xml");
        await File.WriteAllTextAsync(file, document);
        using var java = Process.Start(new ProcessStartInfo("java",
            [
                "-cp", Path.Combine(Repository.Root, "src", "LiveFeed.Web", "node_modules", "vnu-jar", "build", "dist", "vnu.jar"),
                "nu.validator.vendor.thaiopensource.relaxng.util.Driver", "-c", Path.Combine(AppContext.BaseDirectory, "Syndication", "atom.rnc"), file,
            ])
        { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, error) = (java.StandardOutput.ReadToEndAsync(), java.StandardError.ReadToEndAsync());
        await java.WaitForExitAsync();
        folder.Delete(recursive: true);
        return $"{await output}{await error}{(java.ExitCode == 0 ? "" : $"exit code {java.ExitCode}")}";
    }

    /// <summary>A document of the newsroom's feed, as text.</summary>
    public static async Task<string> GetAsync(Newsroom newsroom, string format) =>
        await newsroom.Ticker.GetStringAsync(new Uri($"/{newsroom.Feed}/{format}", UriKind.Relative));
}
