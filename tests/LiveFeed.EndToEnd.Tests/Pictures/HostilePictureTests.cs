using System.Net;
using System.Net.Sockets;
using System.Text;
using LiveFeed.EndToEnd.Tests.BadInput;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using LiveFeed.EndToEnd.Tests.Strangers;
using LiveFeed.Testing;

namespace LiveFeed.EndToEnd.Tests.Pictures;

/// <summary>What isn't a picture, or is more than one, is refused by its rule, counted, and leaves nothing behind.</summary>
public sealed class HostilePictureTests(OpenNewsrooms newsrooms, ITestOutputHelper output) : IClassFixture<OpenNewsrooms>
{
    private const int TooMuch = 100 * 1024 * 1024;

    [Theory, BothModes]
    public async Task What_is_no_picture_or_more_than_one_is_refused_by_its_rule(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        using var counted = Counted.RefusedPictures(newsroom.Nodes[0]);
        var before = await newsroom.PicturesKeptAsync();
        var jpeg = Files.Jpeg(400, 300);
        byte[] unfinished = Files.BlackPng(1000, 1000, rows: 300);
        (byte[] File, string Type, Refusal Refusal)[] hostile =
        [
            ([], "image/jpeg", new(400, "no-picture", "empty")),
            (Encoding.UTF8.GetBytes("<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>"), "image/svg+xml", new(415, "not-a-picture", "By its bytes")),
            (Encoding.UTF8.GetBytes("<!DOCTYPE html><script>alert(1)</script>"), "image/jpeg", new(415, "not-a-picture", "By its bytes")),
            ("II*\0"u8.ToArray(), "image/jpeg", new(415, "not-a-picture", "By its bytes")),
            (Files.Zip(), "image/png", new(415, "not-a-picture", "By its bytes")),
            ([.. jpeg, .. Files.Zip()], "image/jpeg", new(422, "picture-and-more", "archive")),
            (Files.GifScript(), "image/gif", new(422, "picture-and-more", "script")),
            ([.. jpeg, .. "<ScRiPt>alert(1)</script>"u8], "image/jpeg", new(422, "picture-and-more", "script")),
            ([.. jpeg[..2], 0xFF, 0xFE, 0, 10, .. "%PDF-1.7"u8, .. jpeg[2..]], "image/jpeg", new(422, "picture-and-more", "document")),
            (Files.MovingGif(), "image/gif", new(422, "moving-picture", "still")),
            (jpeg[..(jpeg.Length / 2)], "image/jpeg", new(422, "damaged-picture", "read to its end")),
            (jpeg[..3], "image/jpeg", new(422, "damaged-picture", "read to its end")),
            (unfinished, "image/png", new(422, "damaged-picture", "read to its end")),
            (Files.BlackPng(60_000, 60_000, rows: 1), "image/png", new(422, "too-many-pixels", "40 million")),
            (Files.BlackPng(20_000, 20_000), "image/png", new(422, "too-many-pixels", "40 million")),
            (Files.BlackPng(2_000_000, 1), "image/png", new(422, "too-long-a-picture", "8 times")),
            (Files.BlackPng(10, 900), "image/png", new(422, "too-long-a-picture", "8 times")),
        ];

        foreach (var (file, type, refusal) in hostile)
        {
            using var answer = await newsroom.SendPictureAsync(file, type);
            await refusal.CheckAsync(answer);
        }

        using var form = new MultipartFormDataContent { { new ByteArrayContent(jpeg), "picture", "a.jpg" } };
        using var wrapped = await newsroom.Desk.PostAsync(newsroom.PicturesOf(), form);
        await new Refusal(415, "not-a-picture", "without a form").CheckAsync(wrapped);

        Assert.Equal(before, await newsroom.PicturesKeptAsync());
        foreach (var reason in hostile.GroupBy(one => one.Refusal.Type))
        {
            Assert.Equal(reason.Count() + (reason.Key == "not-a-picture" ? 1 : 0), counted.Of(reason.Key));
        }

        using var good = await newsroom.SendPictureAsync(jpeg);
        Assert.Equal(HttpStatusCode.Created, good.StatusCode);
    }

    [Theory, BothModes]
    public async Task A_body_without_end_is_cut_off_at_the_limit(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        using var counted = Counted.RefusedPictures(newsroom.Nodes[0]);
        var before = await newsroom.PicturesKeptAsync();

        using var told = new HttpRequestMessage(HttpMethod.Post, newsroom.PicturesOf()) { Content = new ByteArrayContent(new byte[TooMuch]) };
        told.Headers.ExpectContinue = true;
        using var answer = await newsroom.Desk.SendAsync(told);
        await new Refusal(413, "too-large", "10 MiB").CheckAsync(answer);

        // Who hangs up in the middle is nobody's failure: the log is looked at.
        using (var leaving = await Stranger.ConnectAsync(newsroom.Desk.BaseAddress!))
        {
            await leaving.SendAsync(Encoding.ASCII.GetBytes(
                $"POST {newsroom.PicturesOf()} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {Newsroom.AdminKey}\r\nContent-Length: 5000\r\n\r\n"));
            await leaving.SendAsync(Files.Jpeg(40, 30).AsMemory(0, 300));
        }

        // Without a length, and with the head of a picture: it is taken until it is too much.
        using var stranger = await Stranger.ConnectAsync(newsroom.Desk.BaseAddress!);
        await stranger.SendAsync(Encoding.ASCII.GetBytes(
            $"POST {newsroom.PicturesOf()} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {Newsroom.AdminKey}\r\nTransfer-Encoding: chunked\r\n\r\n"));
        var chunk = new byte[1024 * 1024];
        Files.Jpeg(40, 30).CopyTo(chunk, 0);
        byte[] sent = [.. "100000\r\n"u8, .. chunk, .. "\r\n"u8];
        var head = stranger.ReadHeadAsync();
        var pieces = 0;
        try
        {
            for (; !head.IsCompleted && pieces < TooMuch / chunk.Length; pieces++)
            {
                await stranger.SendAsync(sent);
            }
        }
        catch (SocketException)
        {
            // It doesn't even listen any more.
        }

        Assert.StartsWith("HTTP/1.1 413 ", await head, StringComparison.Ordinal);
        Assert.InRange(pieces, 10, 40);
        Assert.Equal(2, counted.Of("too-large"));
        Assert.Equal(before, await newsroom.PicturesKeptAsync());
    }

    [Fact]
    public async Task Whatever_was_damaged_on_the_way_is_taken_or_refused_and_never_a_failure()
    {
        var newsroom = await newsrooms.InAsync(Mode.Embedded);
#pragma warning disable CA5394 // Damage, no secret.
        var random = Seed.Random(output.WriteLine);
        foreach (var file in (byte[][])[Files.FromCamera(120, 80), Files.Png(120, 80), Files.WebP(120, 80), Files.Gif(120, 80)])
        {
            for (var round = 0; round < 15; round++)
            {
                var damaged = file[..random.Next(file.Length / 2, file.Length + 1)];
                for (var change = random.Next(1, 12); change > 0; change--)
                {
                    damaged[random.Next(4, damaged.Length)] = (byte)random.Next(256);
                }

                using var answer = await newsroom.SendPictureAsync(damaged);
                Assert.True(answer.StatusCode is HttpStatusCode.Created or HttpStatusCode.OK or HttpStatusCode.UnprocessableEntity or HttpStatusCode.UnsupportedMediaType,
                    $"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
            }
        }
#pragma warning restore CA5394
    }
}
