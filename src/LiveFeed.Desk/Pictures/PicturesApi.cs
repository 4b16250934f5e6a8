using LiveFeed.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace LiveFeed.Desk;

/// <summary>Takes pictures for entries to show.</summary>
internal static class PicturesApi
{
    public static void MapPictures(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/feeds/{feed}/pictures", AddAsync).RequireRole(DeskRole.Reporter).WithTags("Desk")
            .WithName("addPicture").WithSummary("Keeps a picture, and answers what an entry's image needs to show it.")
            .WithDescription("The body is the picture itself: JPEG, PNG, WebP or a GIF that doesn't move. It is made anew in the widths that readers need; "
                + "where it was taken and all else that cameras write into files is left out. The same picture again is the one that is kept already: 200.")
            .WithMetadata(new PictureSize())
            .Produces<KeptPicture>(StatusCodes.Status201Created).Produces<KeptPicture>()
            .Refuses().ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> AddAsync(string feed, HttpContext http, Archive.Feeds feeds, PictureDesk desk)
    {
        if (EntryRules.CheckSlug("feed", feed) is { } broken)
        {
            return Problems.Invalid(broken);
        }

        if (await feeds.FindAsync(feed, http.RequestAborted) is null)
        {
            return Problems.UnknownFeed(feed);
        }

        var (picture, isNew, refusal) = await desk.TakeAsync(http.Request.Body, http.Writer().Name, http.RequestAborted);
        if (refusal is not null)
        {
            return Problems.Refused(refusal);
        }

        var widest = picture!.Renditions[^1];
        // An entry is shown on other sites too, so its picture's address is whole; it is the one that the writer reached us by.
        var path = PictureAddress.PathOf(picture.Id, widest.Width);
        var kept = new KeptPicture($"{http.Request.Scheme}://{http.Request.Host}{path}", widest.Width, widest.Height);
        return isNew ? TypedResults.Created(path, kept) : TypedResults.Ok(kept);
    }

    private sealed class PictureSize : IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => PictureLimits.Bytes;
    }
}

/// <summary>A picture that was taken in: what an entry's image needs beside the words.</summary>
/// <param name="Url">Its address, where anybody may read it.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
public sealed record KeptPicture(string Url, int Width, int Height);
