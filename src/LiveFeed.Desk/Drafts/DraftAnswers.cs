using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace LiveFeed.Desk;

/// <summary>What the addresses of drafts answer, for the description of the API.</summary>
internal static class DraftAnswers
{
    public static RouteHandlerBuilder Decides(this RouteHandlerBuilder endpoint) => endpoint
        .Produces<Draft>().Refuses().RefusesDrafts().RefusesUnseen().ProducesProblem(StatusCodes.Status409Conflict);

    public static RouteHandlerBuilder TakesBody(this RouteHandlerBuilder endpoint) => endpoint
        .WithMetadata(new BodyLimit())
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType);

    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder endpoint) => endpoint
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    public static RouteHandlerBuilder RefusesDrafts(this RouteHandlerBuilder endpoint) => endpoint
        .ProducesProblem(StatusCodes.Status410Gone);

    public static RouteHandlerBuilder RefusesUnseen(this RouteHandlerBuilder endpoint) => endpoint
        .ProducesProblem(StatusCodes.Status412PreconditionFailed)
        .ProducesProblem(StatusCodes.Status428PreconditionRequired);
}
