using System.Globalization;
using LiveFeed.Load.Publish;
using LiveFeed.Load.Push;
using LiveFeed.Load.Push.Servers;

const string Usage = """
    LiveFeed.Load publish URL KEY [SECONDS]   how fast a running server takes items in; the key has every right
    LiveFeed.Load push SERVER [OPTIONS]       what pushing costs; SERVER is a published LiveFeed.Server.dll
    """;

switch (args)
{
    case ["publish", .. var rest] when PublishOptions.Parse(rest) is { } publish:
        return await PublishMeasurement.RunAsync(publish);
    case ["push", .. var rest] when PushOptions.Parse(rest) is { } push:
        return await PushMeasurement.RunAsync(push);
    // The two that LiveFeed is measured beside; 'push' starts them.
    case ["floor", var port]:
        return Floor.Run(int.Parse(port, CultureInfo.InvariantCulture));
    case ["stock", var port]:
        return Stock.Run(int.Parse(port, CultureInfo.InvariantCulture));
    default:
        await Console.Error.WriteLineAsync(Usage + PushOptions.Usage);
        return 2;
}
