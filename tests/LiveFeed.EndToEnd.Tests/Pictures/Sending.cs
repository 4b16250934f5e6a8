using System.Net.Http.Headers;
using LiveFeed.Archive.Databases;
using LiveFeed.EndToEnd.Tests.BadInput;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using Microsoft.Extensions.DependencyInjection;

namespace LiveFeed.EndToEnd.Tests.Pictures;

/// <summary>Pictures on their way to the desk, and what became of them.</summary>
internal static class Sending
{
    public static Uri PicturesOf(this Newsroom newsroom) => new($"/api/feeds/{newsroom.Feed}/pictures", UriKind.Relative);

    public static Task<HttpResponseMessage> SendPictureAsync(this Newsroom newsroom, byte[] file, string type = "application/octet-stream", HttpClient? writer = null)
    {
        var body = new ByteArrayContent(file);
        body.Headers.ContentType = new MediaTypeHeaderValue(type);
        return (writer ?? newsroom.Desk).PostAsync(newsroom.PicturesOf(), body);
    }

    /// <summary>Where readers find it: the address that the desk told names the desk, which a proxy would stand before.</summary>
    public static Uri ForReaders(string url) => new(new Uri(url).AbsolutePath, UriKind.Relative);

    /// <summary>How many pictures the archive holds.</summary>
    public static async Task<long> PicturesKeptAsync(this Newsroom newsroom)
    {
        await using var archive = newsroom.Keys();
        await using var connection = await archive.GetRequiredService<ArchiveDatabase>().OpenAsync(TestContext.Current.CancellationToken);
        await using var count = connection.CreateCommand();
        count.CommandText = "SELECT (SELECT COUNT(*) FROM pictures) + (SELECT COUNT(*) FROM picture_renditions)";
        return Convert.ToInt64(await count.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }
}
