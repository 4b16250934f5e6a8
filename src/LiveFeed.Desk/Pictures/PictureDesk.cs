using System.Data.Common;
using System.Diagnostics.Metrics;
using LiveFeed.Archive.Pictures;
using Microsoft.AspNetCore.Http;

namespace LiveFeed.Desk;

/// <summary>Takes pictures in: as they come, as many at once as there is room for, each made anew before it is kept.</summary>
internal sealed class PictureDesk : IDisposable
{
    private readonly Darkroom darkroom = new();
    private readonly SemaphoreSlim room = new(PictureLimits.InHand);
    private readonly PictureStore store;
    private readonly TimeProvider clock;
    private readonly Counter<long> refused;
    private readonly Counter<long> taken;

    public PictureDesk(PictureStore store, TimeProvider clock, IMeterFactory meters)
    {
        (this.store, this.clock) = (store, clock);
        var meter = meters.Create("LiveFeed.Desk");
        refused = meter.CreateCounter<long>("livefeed.pictures.refused", description: "Pictures that were refused, by reason.");
        taken = meter.CreateCounter<long>("livefeed.pictures.taken", description: "Pictures that were taken in.");
    }

    /// <summary>Takes in a picture.</summary>
    /// <param name="body">The file as it comes.</param>
    /// <param name="by">Who sent it.</param>
    /// <param name="cancellation">Gives it up.</param>
    /// <returns>The picture and whether it is new here, or why it isn't taken; then nothing of it is kept.</returns>
    /// <exception cref="DbException">The database can't be reached.</exception>
    public async Task<(Picture? Picture, bool IsNew, PictureRefusal? Refusal)> TakeAsync(Stream body, string by, CancellationToken cancellation)
    {
        var (picture, isNew, refusal) = await TryTakeAsync(body, by, cancellation);
        if (refusal is not null)
        {
            refused.Add(1, new KeyValuePair<string, object?>("reason", refusal.Name));
        }
        else
        {
            taken.Add(1);
        }

        return (picture, isNew, refusal);
    }

    public void Dispose()
    {
        darkroom.Dispose();
        room.Dispose();
    }

    private async Task<(Picture? Picture, bool IsNew, PictureRefusal? Refusal)> TryTakeAsync(Stream body, string by, CancellationToken cancellation)
    {
        if (!await room.WaitAsync(TimeSpan.Zero, cancellation))
        {
            return (null, false, PictureRefusal.Busy);
        }

        try
        {
            var (file, broken) = await ReadAsync(body, cancellation);
            if (broken is not null)
            {
                return (null, false, broken);
            }

            if (await store.FindAsync(Picture.IdOf(file!), cancellation) is { } held)
            {
                return (held, false, null);
            }

            var (picture, refusal) = await DevelopAsync(file!, cancellation);
            return refusal is null ? (picture, await store.AddAsync(picture!, by, cancellation), null) : (null, false, refusal);
        }
        finally
        {
            room.Release();
        }
    }

    private async Task<(byte[]? File, PictureRefusal? Refusal)> ReadAsync(Stream body, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(PictureLimits.Upload, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        using var file = new MemoryStream();
        try
        {
            // The server itself ends it where it grows beyond the limit.
            await body.CopyToAsync(file, either.Token);
            return (file.ToArray(), null);
        }
        catch (BadHttpRequestException bad)
        {
            return (null, bad.StatusCode == StatusCodes.Status413PayloadTooLarge ? PictureRefusal.TooLarge : PictureRefusal.BrokenOff);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (null, PictureRefusal.BrokenOff);
        }
    }

    private async Task<(Picture? Picture, PictureRefusal? Refusal)> DevelopAsync(byte[] file, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(PictureLimits.Work, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            return await darkroom.DevelopAsync(file, either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // Waiting for a turn counts too: whoever sends it again, later, gets one.
            return (null, PictureRefusal.Busy);
        }
    }
}
