using System.Net;
using System.Text;
using LiveFeed.Desk;
using LiveFeed.EndToEnd.Tests.BadInput;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using NetVips;

namespace LiveFeed.EndToEnd.Tests.Pictures;

/// <summary>Pictures that are sent to the desk are what readers see, and nothing else of the file.</summary>
public sealed class PictureTests(OpenNewsrooms newsrooms) : IClassFixture<OpenNewsrooms>
{
    [Theory, BothModes]
    public async Task A_cameras_picture_stands_upright_on_the_air_in_three_widths_and_tells_nothing_of_the_camera(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        using var reporter = await newsroom.WriterAsync(DeskRole.Reporter);
        var file = Files.FromCamera(3000, 2000);
        Assert.Contains(Files.Secret, Encoding.Latin1.GetString(file), StringComparison.Ordinal);

        using var answer = await newsroom.SendPictureAsync(file, "text/plain", reporter);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var kept = await Newsroom.ReadAsync<KeptPicture>(answer);
        Assert.Equal((1600, 2400), (kept.Width, kept.Height));
        Assert.StartsWith(newsroom.Desk.BaseAddress!.ToString(), kept.Url, StringComparison.Ordinal);

        using var undescribed = await newsroom.Desk.SendAsync(newsroom.Post("", new { headline = "The harbour", image = new { kept.Url, kept.Width, kept.Height, alt = " " } }));
        await new Refusal(400, "invalid", "described", "image.alt").CheckAsync(undescribed);
        var entry = await newsroom.PublishAsync(new { headline = "The harbour", image = new { kept.Url, kept.Width, kept.Height, alt = "Boats" } });
        var place = kept.Url[..^4];
        Assert.Contains($"srcset=\"{place}480 480w, {place}960 960w, {place}1600 1600w\"", entry.Html, StringComparison.Ordinal);
        foreach (var width in (int[])[480, 960, 1600])
        {
            using var shown = await newsroom.Ticker.GetAsync(Sending.ForReaders($"{place}{width}"));
            Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
            Assert.Equal("image/webp", shown.Content.Headers.ContentType?.ToString());
            Assert.Equal("public, max-age=31536000, immutable", shown.Headers.GetValues("Cache-Control").Single());
            Assert.Equal("nosniff", shown.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Equal("default-src 'none'; sandbox", shown.Headers.GetValues("Content-Security-Policy").Single());
            var bytes = await shown.Content.ReadAsByteArrayAsync();
            var text = Encoding.Latin1.GetString(bytes);
            Assert.DoesNotContain("Exif", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(Files.Secret, text, StringComparison.Ordinal);
            using var image = Image.NewFromBuffer(bytes);
            Assert.Equal((width, width * 3 / 2), (image.Width, image.Height));
            Assert.DoesNotContain("icc-profile-data", image.GetFields());
            // The camera was held upright: what it took for the left is the top.
            Assert.True(image[width / 2, 5][0] > 180 && image[width / 2, 5][2] < 80, $"The top is {string.Join(' ', image[width / 2, 5])}");
            Assert.True(image[width / 2, image.Height - 5][2] > 180, $"The bottom is {string.Join(' ', image[width / 2, image.Height - 5])}");

            using var again = new HttpRequestMessage(HttpMethod.Get, Sending.ForReaders($"{place}{width}"));
            again.Headers.TryAddWithoutValidation("If-None-Match", shown.Headers.ETag!.ToString());
            using var known = await newsroom.Ticker.SendAsync(again);
            Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);
        }
    }

    [Theory, BothModes]
    public async Task The_same_picture_again_is_one_and_each_format_is_taken_at_its_own_size(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        foreach (var file in (byte[][])[Files.Png(1000, 500), Files.WebP(700, 500), Files.Gif(300, 200), Files.Jpeg(2, 1), Files.BlackPng(4000, 4000)])
        {
            using var first = await newsroom.SendPictureAsync(file);
            var kept = await Newsroom.ReadAsync<KeptPicture>(first);
            var count = await newsroom.PicturesKeptAsync();
            using var second = await newsroom.SendPictureAsync(file, "image/svg+xml");
            Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (first.StatusCode, second.StatusCode));
            Assert.Equal(kept, await Newsroom.ReadAsync<KeptPicture>(second));
            Assert.Equal(count, await newsroom.PicturesKeptAsync());

            using var sent = Image.NewFromBuffer(file);
            Assert.Equal((Math.Min(sent.Width, 1600), Math.Min(sent.Height, 1600)), (kept.Width, kept.Height));
            using var shown = await newsroom.Ticker.GetAsync(Sending.ForReaders(kept.Url));
            Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
        }
    }

    [Theory, BothModes]
    public async Task What_is_seen_through_stays_so_and_what_is_not_there_is_told(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        using var clear = Files.TwoColours(200, 100).Bandjoin(0).Copy(interpretation: Enums.Interpretation.Srgb);
        using var answer = await newsroom.SendPictureAsync(clear.PngsaveBuffer());
        var kept = await Newsroom.ReadAsync<KeptPicture>(answer);
        using var shown = Image.NewFromBuffer(await newsroom.Ticker.GetByteArrayAsync(Sending.ForReaders(kept.Url)));
        Assert.True(shown.HasAlpha());
        Assert.Equal(0, shown[10, 10][3]);

        var place = Sending.ForReaders(kept.Url).ToString()[..^3];
        foreach (var wrong in (string[])[$"{place}960", $"{place}0200", $"{place}+200", $"{place}wide", $"/pictures/{new string('a', 32)}/200", $"/pictures/{new string('A', 32)}/200"])
        {
            using var nothing = await newsroom.Ticker.GetAsync(new Uri(wrong, UriKind.Relative));
            await new Refusal(404, "unknown-picture", "There is no such picture").CheckAsync(nothing);
            Assert.Null(nothing.Headers.CacheControl);
        }

        using var elsewhere = await newsroom.Desk.PostAsync(new Uri("/api/feeds/no-such-feed/pictures", UriKind.Relative), new ByteArrayContent(Files.Jpeg(10, 10)));
        await new Refusal(404, "unknown-feed", "no-such-feed").CheckAsync(elsewhere);
    }
}
