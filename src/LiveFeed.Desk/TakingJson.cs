using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace LiveFeed.Desk;

/// <summary>How an address that reads a <see cref="JsonBody{T}"/> may refuse it.</summary>
internal static class TakingJson
{
    public static RouteHandlerBuilder TakesJson(this RouteHandlerBuilder endpoint) => endpoint
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType);
}
