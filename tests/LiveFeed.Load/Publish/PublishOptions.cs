using System.Globalization;

namespace LiveFeed.Load.Publish;

/// <summary>What <c>publish</c> was told.</summary>
/// <param name="Server">A running server.</param>
/// <param name="Key">A key with every right.</param>
/// <param name="Time">How long each measurement takes.</param>
internal sealed record PublishOptions(Uri Server, string Key, TimeSpan Time)
{
    /// <summary>Null when the words can't be understood.</summary>
    public static PublishOptions? Parse(string[] words) =>
        words is [var address, var key, .. var rest] && rest.Length <= 1
            && Uri.TryCreate(address, UriKind.Absolute, out var server)
            && double.TryParse(rest is [var seconds] ? seconds : "10", CultureInfo.InvariantCulture, out var time)
            ? new(server, key, TimeSpan.FromSeconds(time)) : null;
}
