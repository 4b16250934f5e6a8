using LiveFeed.Archive.Pictures;
using LiveFeed.Contracts;
using NetVips;

namespace LiveFeed.Desk;

/// <summary>
/// Makes pictures anew, pixel by pixel, in the widths that readers get. Nothing else of a file comes through: no place where it was
/// taken, no camera's name, no colour profile, nothing that was hung on behind.
/// </summary>
internal sealed class Darkroom : IDisposable
{
    private const int Quality = 80;

    // libvips takes no "as high as it comes".
    private const int AnyHeight = 10_000_000;

    private readonly SemaphoreSlim turns = new(PictureLimits.Decodes);

    static Darkroom()
    {
        // It reads a hundred formats; four of them are taken.
        Operation.Block("VipsForeignLoad", true);
        foreach (var taken in (string[])["Jpeg", "Png", "Webp", "Nsgif"])
        {
            Operation.Block($"VipsForeignLoad{taken}", false);
        }

        // It would keep what it made for when it is asked the same again, and take every processor for one picture.
        Cache.Max = 0;
        NetVips.NetVips.Concurrency = 1;
        // What it has to say about a strange file, the sender is told.
        Log.SetLogHandler("VIPS", Enums.LogLevelFlags.Warning | Enums.LogLevelFlags.Info, (_, _, _) => { });
    }

    /// <summary>The picture, or why it isn't taken.</summary>
    /// <param name="file">The file as it was sent.</param>
    /// <param name="cancellation">Gives it up.</param>
    public async Task<(Picture? Picture, PictureRefusal? Refusal)> DevelopAsync(byte[] file, CancellationToken cancellation)
    {
        if (file.Length == 0)
        {
            return (null, PictureRefusal.Nothing);
        }

        if (!PictureType.IsKnown(file))
        {
            return (null, PictureRefusal.NotAPicture);
        }

        if (PictureType.IsMore(file))
        {
            return (null, PictureRefusal.TwoThings);
        }

        await turns.WaitAsync(cancellation);
        try
        {
            return await Task.Run(() => Develop(file, cancellation), cancellation);
        }
        finally
        {
            turns.Release();
        }
    }

    public void Dispose() => turns.Dispose();

    private static (Picture? Picture, PictureRefusal? Refusal) Develop(byte[] file, CancellationToken cancellation)
    {
        try
        {
            return LookAt(file) is { } refusal ? (null, refusal) : (new Picture(Picture.IdOf(file), Print(file, cancellation)), null);
        }
        catch (VipsException) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
        catch (VipsException)
        {
            return (null, PictureRefusal.Damaged);
        }
    }

    // The head alone: nothing is decoded for it.
    private static PictureRefusal? LookAt(byte[] file)
    {
        using var head = Image.NewFromBuffer(file, access: Enums.Access.Sequential);
        return (long)head.Width * head.Height > PictureLimits.Pixels ? PictureRefusal.TooManyPixels
            : Math.Max(head.Width, head.Height) > (long)PictureLimits.Ratio * Math.Min(head.Width, head.Height) ? PictureRefusal.TooLong
            : head.Contains("n-pages") && (int)head.Get("n-pages") > 1 ? PictureRefusal.Moving
            : null;
    }

    private static List<Rendition> Print(byte[] file, CancellationToken cancellation)
    {
        // Turned as the camera was held, and in the colours that every screen knows. A file that breaks off isn't shown half grey: that
        // is asked for in the loader's own words, since libvips doesn't hand failOn on to it.
        using var turned = Image.ThumbnailBuffer(
            file, PictureAddress.Widths[^1], optionString: "[fail_on=error]", height: AnyHeight, size: Enums.Size.Down, outputProfile: "srgb");
        turned.SetProgress(null, cancellation);
        using var widest = turned.CopyMemory();
        var narrower = PictureAddress.Widths.Where(width => width < widest.Width).Select(width =>
        {
            using var scaled = widest.ThumbnailImage(width, height: AnyHeight, size: Enums.Size.Down);
            return Save(scaled);
        }).ToList();
        return [.. narrower, Save(widest)];
    }

    private static Rendition Save(Image image) =>
        new(image.Width, image.Height, image.WebpsaveBuffer(q: Quality, keep: Enums.ForeignKeep.None));
}
