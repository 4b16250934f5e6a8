using System.Text.Json;
using LiveFeed.Contracts;
using LiveFeed.Simulation.Readers;
using LiveFeed.Simulation.Schedules;
using LiveFeed.Testing;

namespace LiveFeed.Simulation;

/// <summary>
/// The readers of the simulation do what the page's own client does: the vectors that hold feed-client.ts and entries.ts to their
/// word hold the C# ones to the same.
/// </summary>
public sealed class ClientVectorTests
{
    // As the page has it.
    private const int ResetSize = 20;

    private static readonly JsonDocument Vectors = JsonDocument.Parse(
        File.ReadAllText(Path.Combine(Repository.Root, "src/LiveFeed.Web/test/vectors/follow.json")));

    public static TheoryData<string> Names => [.. Vectors.RootElement.GetProperty("vectors").EnumerateArray().Select(vector => vector.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_simulated_client_does_what_the_real_one_does(string name)
    {
        var vector = Vectors.RootElement.GetProperty("vectors").EnumerateArray().Single(vector => vector.GetProperty("name").GetString() == name);
        var start = vector.TryGetProperty("start", out var given) ? given.Deserialize<EntryPage>(Wire.Json) : null;
        var page = new Page(ResetSize, start?.Entries ?? [], start is null or { Next: null });
        var port = new Port();
        var client = new FeedClient(page, port, start?.Position, () => 0.999_999);

        foreach (var step in vector.GetProperty("steps").EnumerateArray().Select(step => step.EnumerateObject().Single()))
        {
            switch (step.Name)
            {
                case "opened": client.Opened(); break;
                case "lost": client.Lost(); break;
                case "refused": client.Refused(); break;
                case "answer": client.Followed(step.Value.Deserialize<Followed>(Wire.Json)!); break;
                case "updated": client.Updated(step.Value[0].Deserialize<Entry>(Wire.Json)!, step.Value[1].GetInt64()); break;
                case "told" when Position.TryParse(step.Value.GetString(), out var told): client.Told(told); break;
                case "pass": port.Clock.Pass(TimeSpan.FromMilliseconds(step.Value.GetInt32())); break;
                default: throw new InvalidOperationException($"The vector has a step that is unknown here: {step.Name}.");
            }
        }

        Assert.Equal(vector.GetProperty("asked").Deserialize<string?[]>(), port.Asked);
        Assert.Equal(vector.GetProperty("position").GetString(), client.Position?.ToString());
        Assert.Equal(vector.GetProperty("list").Deserialize<string[]>(), page.Shown().Select(Words));
    }

    private static string Words(Entry entry) => $"{(entry.Status is EntryStatus.Retracted ? "-" : "")}{entry.Id}@{entry.Seq}";

    private sealed class Port : IFeedPort
    {
        public Clock Clock { get; } = new();

        public List<string?> Asked { get; } = [];

        public void Follow(Position? position) => Asked.Add(position?.ToString());

        public void Later(TimeSpan wait, Action action) => Clock.Later(wait, action);
    }
}
