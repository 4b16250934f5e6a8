namespace LiveFeed.Load.Publish;

/// <summary>How fast a running server takes items in.</summary>
internal static class PublishMeasurement
{
    public static async Task<int> RunAsync(PublishOptions options)
    {
        using var desk = new DeskClient(options.Server, options.Key);
        await desk.WarmUpAsync();
        Console.WriteLine($"Each for {options.Time.TotalSeconds:0} s, items of about 700 bytes, against {options.Server}");
        Print("one feed, 32 writers", await Rush.RunAsync(desk, feeds: 1, writers: 32, options.Time));
        Print("32 feeds, 64 writers", await Rush.RunAsync(desk, feeds: 32, writers: 64, options.Time));
        Print("one feed, 50 a second", await Steady.RunAsync(desk, perSecond: 50, options.Time));
        return 0;
    }

    private static void Print(string what, Figures figures) => Console.WriteLine(
        $"{what,-24} {figures.PerSecond,7:0} items/s   p50 {figures.At(0.5),6:0.0} ms   p99 {figures.At(0.99),6:0.0} ms   max {figures.At(1),6:0.0} ms   other than 201: {figures.Others}");
}
