using System.Globalization;
using LiveFeed.Load;

if (args is not [var address, var key, .. var rest] || !Uri.TryCreate(address, UriKind.Absolute, out var server))
{
    await Console.Error.WriteLineAsync("Usage: LiveFeed.Load URL KEY [SECONDS]   (a running server, and a key with every right)");
    return 2;
}

var time = TimeSpan.FromSeconds(rest is [var seconds] ? double.Parse(seconds, CultureInfo.InvariantCulture) : 10);
using var desk = new DeskClient(server, key);

await desk.WarmUpAsync();
Console.WriteLine($"Each for {time.TotalSeconds:0} s, items of about 700 bytes, against {server}");
Print("one feed, 32 writers", await Rush.RunAsync(desk, feeds: 1, writers: 32, time));
Print("32 feeds, 64 writers", await Rush.RunAsync(desk, feeds: 32, writers: 64, time));
Print("one feed, 50 a second", await Steady.RunAsync(desk, perSecond: 50, time));
return 0;

static void Print(string what, Figures figures) => Console.WriteLine(
    $"{what,-24} {figures.PerSecond,7:0} items/s   p50 {figures.At(0.5),6:0.0} ms   p99 {figures.At(0.99),6:0.0} ms   max {figures.At(1),6:0.0} ms   other than 201: {figures.Others}");
