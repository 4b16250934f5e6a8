using System.Text;
using LiveFeed.Browser.Tests.Browsing;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using LiveFeed.EndToEnd.Tests.Pictures;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LiveFeed.Browser.Tests;

/// <summary>A picture on its way from the writer's telephone or clipboard to the reader's page.</summary>
public sealed class PictureTests(Servers servers, Chromium chromium)
{
    [Theory, BothModes]
    public async Task A_picture_that_is_dropped_is_on_the_readers_page_without_what_the_camera_wrote_into_it(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        await using var desk = await chromium.SignInAsync(newsroom, new Reading(Width: 360));
        await desk.Field("Headline").FillAsync("The harbour");
        await GiveAsync("drop", Files.FromCamera(2000, 1500), desk.Page.Locator("#write form"));
        await Expect(Told(desk)).ToContainTextAsync("Describe it");
        await Expect(desk.Page.GetByAltText("The item's picture")).ToBeVisibleAsync();
        await desk.StaysWithinItsWidthAsync();

        desk.Expect("status of 400");
        // It isn't published until it is described, and says so where that is done.
        await desk.Field("Headline").PressAsync("Control+Enter");
        await Expect(desk.Field("Describe the picture")).ToBeFocusedAsync();
        await Expect(desk.Field("Describe the picture")).ToHaveAttributeAsync("aria-invalid", "true");
        if (mode is Mode.Embedded)
        {
            Assert.Empty(await desk.BrokenRulesAsync("a picture isn't described"));
        }

        Assert.Empty((await newsroom.ListAsync()).Entries);
        await desk.Field("Describe the picture").FillAsync("Boats at the quay");

        // What is left is gone on with, the picture too.
        await Expect(desk.Page.Locator("#write .desk-footer")).ToContainTextAsync("Kept as a draft");
        await desk.Page.ReloadAsync();
        await Expect(desk.Page.GetByAltText("The item's picture")).ToBeVisibleAsync();
        await desk.Field("Describe the picture").PressAsync("Control+Enter");
        await desk.SaysAsync("Published.");
        await Expect(desk.Page.GetByAltText("The item's picture")).ToBeHiddenAsync();

        // The desk and this reader meet at one node, as they do at a proxy.
        await using var reader = await chromium.OpenAsync(new Uri(desk.Page.Url), new Reading(Width: 400));
        await reader.GoLiveAsync(newsroom.Feed);
        var picture = reader.Item("The harbour").GetByAltText("Boats at the quay");
        await Expect(picture).ToHaveJSPropertyAsync("complete", true);
        Assert.Equal((1500, 2000), (await NumberAsync(picture, "width"), await NumberAsync(picture, "height")));
        // As wide as a telephone needs, and standing as the camera was held.
        var shown = await picture.EvaluateAsync<string>("image => image.currentSrc");
        Assert.EndsWith("/480", shown, StringComparison.Ordinal);
        Assert.Equal(4 / 3.0, await picture.EvaluateAsync<double>("image => image.naturalHeight / image.naturalWidth"), 0.01);
        using var http = new HttpClient();
        var bytes = Encoding.Latin1.GetString(await http.GetByteArrayAsync(new Uri(shown)));
        Assert.DoesNotContain(Files.Secret, bytes, StringComparison.Ordinal);
        Assert.DoesNotContain("Exif", bytes, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(reader.Foreign);
    }

    [Fact]
    public async Task A_picture_is_pasted_into_the_headline_or_the_text_and_taken_out_and_a_text_stays_a_text()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        await using var desk = await chromium.SignInAsync(newsroom);
        foreach (var field in (string[])["Headline", "Text"])
        {
            await desk.Field(field).FillAsync("As it was");
            await GiveAsync("paste", Files.Png(300, 200), desk.Field(field));
            await Expect(desk.Page.GetByAltText("The item's picture")).ToBeVisibleAsync();
            await Expect(desk.Field(field)).ToBeFocusedAsync();
            await desk.Field("Describe the picture").FillAsync("Two colours");
            await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Remove the picture" }).ClickAsync();
            await Expect(desk.Page.GetByAltText("The item's picture")).ToBeHiddenAsync();
            await Expect(desk.Field("Describe the picture")).ToHaveValueAsync("");
        }

        // A word processor adds a picture of the words that were copied.
        await GiveAsync("paste", Files.Png(300, 200), desk.Field("Text"), text: "the words");
        await Expect(desk.Field("Text")).ToContainTextAsync("the words");
        await Expect(desk.Page.GetByAltText("The item's picture")).ToBeHiddenAsync();

        await desk.Page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "a.png", MimeType = "image/png", Buffer = Files.Png(320, 200) });
        await Expect(desk.Field("Describe the picture")).ToBeFocusedAsync();
        await desk.Field("Describe the picture").FillAsync("Two colours");
        await desk.Field("Headline").PressAsync("Control+Enter");
        await desk.SaysAsync("Published.");
        var image = Assert.Single((await newsroom.ListAsync()).Entries).Image!;
        Assert.Equal((320, 200, "Two colours"), (image.Width, image.Height, image.Alt));
    }

    [Fact]
    public async Task A_picture_that_fails_is_sent_again_or_says_why_and_nothing_is_lost()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        await using var desk = await chromium.SignInAsync(newsroom);
        desk.Expect("Failed to load resource");
        await desk.Field("Headline").FillAsync("The harbour");
        var form = desk.Page.Locator("#write form");

        await GiveAsync("drop", Encoding.UTF8.GetBytes("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"), form);
        await Expect(Told(desk)).ToContainTextAsync("no JPEG, PNG, WebP or GIF");
        await GiveAsync("drop", new byte[11 * 1024 * 1024], form);
        await Expect(Told(desk)).ToContainTextAsync("11 MB");

        var away = true;
        await desk.Page.RouteAsync("**/pictures", async route =>
        {
            if (away)
            {
                await route.AbortAsync();
            }
            else
            {
                await route.ContinueAsync();
            }
        });
        await GiveAsync("drop", Files.Jpeg(400, 300), form);
        await Expect(Told(desk)).ToContainTextAsync("trying again");
        await desk.Field("Headline").PressAsync("Control+Enter");
        await desk.SaysAsync("The picture is still on its way");
        // It goes on by itself as soon as it can.
        away = false;
        await Expect(desk.Page.GetByAltText("The item's picture")).ToBeVisibleAsync();
        await Expect(desk.Field("Headline")).ToHaveValueAsync("The harbour");
    }

    private static ILocator Told(Tab desk) => desk.Page.Locator(".desk-picture [role=status]");

    private static Task<int> NumberAsync(ILocator element, string attribute) => element.EvaluateAsync<int>("(element, name) => Number(element.getAttribute(name))", attribute);

    /// <summary>Drops or pastes a file, and with it what else the clipboard holds.</summary>
    private static async Task GiveAsync(string how, byte[] file, ILocator where, string? text = null) => await where.EvaluateAsync(
        """
        async (target, { how, file, text }) => {
          const bytes = Uint8Array.from(atob(file), (letter) => letter.charCodeAt(0));
          const data = new DataTransfer();
          data.items.add(new File([bytes], 'picture.jpg', { type: 'image/jpeg' }));
          if (text !== null) data.setData('text/plain', text);
          if (how === 'paste') target.focus();
          target.dispatchEvent(how === 'paste'
            ? new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
            : new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
        }
        """, new { how, file = Convert.ToBase64String(file), text });
}
