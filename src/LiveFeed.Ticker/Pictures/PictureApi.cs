using System.Globalization;
using LiveFeed.Archive.Pictures;
using LiveFeed.Contracts;
using LiveFeed.Ticker.Api;
using LiveFeed.Ticker.Embeds;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LiveFeed.Ticker.Pictures;

/// <summary>The newsroom's own pictures, for readers, and for the pages of partners that show them.</summary>
internal static class PictureApi
{
    // What stands at an address follows from the bytes that were sent: it is never another picture.
    private const string ForEver = "public, max-age=31536000, immutable";

    public static void MapPictureApi(this IEndpointRouteBuilder readers) =>
        readers.MapReading("/pictures/{picture}/{width}", GetAsync).AddEndpointFilter<ArchiveAway>().OpenToAnySite().WithTags("Reading")
            .WithName("getPicture").WithSummary("A picture that the newsroom keeps, in one of its widths.")
            .Produces(StatusCodes.Status200OK, contentType: Picture.MediaType).Produces(StatusCodes.Status304NotModified)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> GetAsync(string picture, string width, PictureShelf shelf, HttpContext context, CancellationToken cancellation)
    {
        if (!PictureAddress.IsId(picture) || !int.TryParse(width, NumberStyles.None, CultureInfo.InvariantCulture, out var pixels)
            || width != pixels.ToString(CultureInfo.InvariantCulture)
            || await shelf.FindAsync(picture, pixels).WaitAsync(cancellation) is not { } content)
        {
            return Problems.UnknownPicture();
        }

        var headers = context.Response.Headers;
        // Should it ever be opened as a page, it is one that may do nothing.
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        headers.XContentTypeOptions = "nosniff";
        return Freshness.IsKnown(context, $"\"{picture}-{width}\"", ForEver)
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Bytes(content, Picture.MediaType);
    }
}
