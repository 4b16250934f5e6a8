using System.Text.Json;
using LiveFeed.Contracts;

namespace LiveFeed.Server.Commands.Import;

/// <summary>Reads a file, whichever of the known forms it has, into what there is to do. All of it is checked before anything is sent.</summary>
internal static class ImportFile
{
    /// <summary>What the file asks for.</summary>
    /// <exception cref="BadFileException">It can't be imported.</exception>
    public static ImportPlan Read(string text, string feed, DateTimeOffset now)
    {
        using var document = Parse(text);
        var root = new JsonPlace(document.RootElement, "the file");
        var plan = root.Json.ValueKind switch
        {
            JsonValueKind.Object when root["blocks"] is not null => LiveBlogFile.Read(root, feed),
            JsonValueKind.Object when root["$schema"] is null && root["uri"] is not null => NinjsFile.Read([root with { Name = "the item" }], feed),
            JsonValueKind.Array => NinjsFile.Read([.. root.Items().Select((item, index) => item with { Name = $"item {index + 1}" })], feed),
            _ => throw new BadFileException(
                "The file is neither a live blog (an object with blocks), nor a ninjs item (an object with a uri), nor a list of ninjs items."),
        };
        if (plan.Steps.Count + plan.Notes.Count == 0)
        {
            throw new BadFileException("The file holds no items.");
        }

        foreach (var step in plan.Steps)
        {
            if (EntryRules.Check(step.Submission, now) is { } broken)
            {
                throw new BadFileException($"{step.Name}: {broken.Rule} Nothing was imported.");
            }
        }

        return plan with { Steps = [.. plan.Steps.OrderBy(step => step.At)] };
    }

    private static JsonDocument Parse(string text)
    {
        try
        {
            return JsonDocument.Parse(text, new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        }
        catch (JsonException unreadable)
        {
            throw new BadFileException($"The file isn't JSON: line {unreadable.LineNumber + 1}, byte {unreadable.BytePositionInLine + 1}.");
        }
    }
}
