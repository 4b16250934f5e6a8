using System.Reflection;
using System.Runtime.Loader;
using LiveFeed.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LiveFeed.Simulation.Planted;

/// <summary>
/// Compiles the product's own ring, followers and cache keeping together with the simulation, with or without a mistake planted.
/// So the mistakes are in the real code's decisions, and the real code knows nothing of it.
/// </summary>
internal static class Nursery
{
    private const string ImplicitUsings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; "
        + "global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;";

    private static readonly string[] Grown =
    [
        "src/LiveFeed.FanOut/RecentChanges.cs", "src/LiveFeed.Ticker/Ring", "src/LiveFeed.Ticker/Followers", "src/LiveFeed.Ticker/Hub/HubMessages.cs",
        "src/LiveFeed.Ticker/Push/Backlog.cs", "src/LiveFeed.Ticker/Push/Batches.cs", "src/LiveFeed.Ticker/Push/Following.cs", "src/LiveFeed.Ticker/Push/Frame.cs",
        "src/LiveFeed.Ticker/Partners/PartnerList.cs", "src/LiveFeed.Ticker/Partners/Site.cs", "src/LiveFeed.Ticker/Receipts/Screen.cs",
        "tests/LiveFeed.Simulation/Checker.cs", "tests/LiveFeed.Simulation/Newsroom", "tests/LiveFeed.Simulation/Nodes",
        "tests/LiveFeed.Simulation/Readers", "tests/LiveFeed.Simulation/Schedules",
    ];

    private static readonly CSharpParseOptions Language = new(LanguageVersion.Latest, DocumentationMode.None);
    private static readonly Lazy<CSharpCompilation> Sound = new(Read);

    /// <summary>Plays a schedule of the code with the mistake, or of the sound code when there is none.</summary>
    public static Func<int, Action<string>?, string?> Grow(PlantedBug? bug)
    {
        var code = Sound.Value;
        if (bug is not null)
        {
            var right = code.SyntaxTrees.SingleOrDefault(tree => tree.FilePath == bug.File)
                ?? throw new InvalidOperationException($"'{bug.Name}' is planted in {bug.File}, which isn't grown here.");
            code = code.ReplaceSyntaxTree(right, Parse(bug.File, bug.PlantIn(right.ToString())));
        }

        using var compiled = new MemoryStream();
        var result = code.Emit(compiled);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Where(found => found.Severity is DiagnosticSeverity.Error)));
        compiled.Position = 0;
        var play = new AssemblyLoadContext(bug?.Name, isCollectible: true).LoadFromStream(compiled)
            .GetType("LiveFeed.Simulation.Schedules.Schedule", throwOnError: true)!
            .GetMethod("Play", BindingFlags.Public | BindingFlags.Static)!;
        return play.CreateDelegate<Func<int, Action<string>?, string?>>();
    }

    private static CSharpCompilation Read()
    {
        var files = Grown.SelectMany(part => Path.Combine(Repository.Root, part) is var path && File.Exists(path)
            ? [path] : Directory.GetFiles(path, "*.cs", SearchOption.AllDirectories));
        var trees = files.Select(file => Parse(Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'), File.ReadAllText(file)));
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileNameWithoutExtension(path) is not ("LiveFeed.Ticker" or "LiveFeed.FanOut" or "LiveFeed.Simulation"))
            .Select(path => MetadataReference.CreateFromFile(path));
        return CSharpCompilation.Create(
            "LiveFeed.Planted", [Parse("", ImplicitUsings), .. trees], references,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable));
    }

    private static SyntaxTree Parse(string path, string source) => CSharpSyntaxTree.ParseText(source, Language, path);
}
