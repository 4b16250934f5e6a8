using Microsoft.AspNetCore.Http;

namespace LiveFeed.Desk;

/// <summary>Why a picture isn't taken.</summary>
/// <param name="Name">The last part of the problem's type, and the name to count it by.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Title">The rule in short.</param>
/// <param name="Detail">What is wrong, and what to do.</param>
internal sealed record PictureRefusal(string Name, int Status, string Title, string Detail)
{
    public static PictureRefusal Nothing { get; } = new("no-picture", StatusCodes.Status400BadRequest, "There is no picture",
        "The body is empty. Send the bytes of the picture as the body.");

    public static PictureRefusal BrokenOff { get; } = new("unreadable", StatusCodes.Status400BadRequest, "The body can't be read",
        "It broke off, or took too long on its way. Send it again.");

    public static PictureRefusal TooLarge { get; } = new("too-large", StatusCodes.Status413PayloadTooLarge, "The body is too large",
        $"A picture may have at most {PictureLimits.Bytes / 1024 / 1024} MiB. Save it smaller, or as JPEG.");

    public static PictureRefusal NotAPicture { get; } = new("not-a-picture", StatusCodes.Status415UnsupportedMediaType, "That isn't a picture",
        "By its bytes it is no JPEG, PNG, WebP or GIF, whatever its name says. Send one of these as the body itself, without a form around it.");

    public static PictureRefusal Damaged { get; } = new("damaged-picture", StatusCodes.Status422UnprocessableEntity, "The picture is damaged",
        "It begins as a picture and can't be read to its end. Open it, save it again and send that.");

    public static PictureRefusal TooManyPixels { get; } = new("too-many-pixels", StatusCodes.Status422UnprocessableEntity, "The picture is too big",
        $"A picture may have at most {PictureLimits.Pixels / 1_000_000} million pixels. Scale it down first.");

    public static PictureRefusal TooLong { get; } = new("too-long-a-picture", StatusCodes.Status422UnprocessableEntity, "The picture is too long",
        $"A picture may be at most {PictureLimits.Ratio} times as long as wide, or as wide as long. Cut out what matters.");

    public static PictureRefusal Moving { get; } = new("moving-picture", StatusCodes.Status422UnprocessableEntity, "The picture moves",
        "Only still pictures are taken: of an animation readers would see the first moment alone. Send that as a picture, or link to the film.");

    public static PictureRefusal TwoThings { get; } = new("picture-and-more", StatusCodes.Status422UnprocessableEntity, "The file is a picture and something else",
        "It can also be read as an archive, a document or a script. Open the picture, save it again and send that.");

    public static PictureRefusal Busy { get; } = new("no-room", StatusCodes.Status503ServiceUnavailable, "No room just now",
        "Many pictures are being taken in at the moment. Send it again in a few seconds.");
}
