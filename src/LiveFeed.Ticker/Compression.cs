using System.IO.Compression;
using LiveFeed.Ticker.Syndication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace LiveFeed.Ticker;

/// <summary>
/// Sends what readers read in a quarter of its size. Only what is marked: the desk's page holds a secret, and whoever can bring
/// something into a compressed answer and see how long it is finds secrets out (BREACH). A reader's page has none.
/// </summary>
public static class Compression
{
    /// <summary>Adds Brotli and gzip, over TLS as well.</summary>
    internal static void AddCompression(this IServiceCollection services)
    {
        services.AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, RssFormat.Type, AtomFormat.Type, JsonFeedFormat.Type];
        });
        // An answer is sent to everyone who comes within a second, by the cache in front of us.
        services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Optimal);
        services.Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = CompressionLevel.Optimal);
    }

    /// <summary>Compresses the answers that are marked with <see cref="WithCompression"/>.</summary>
    public static void UseCompression(this IApplicationBuilder app) => app.UseWhen(
        http => http.GetEndpoint()?.Metadata.GetMetadata<Compressed>() is not null,
        marked => marked.UseResponseCompression());

    /// <summary>Marks what may be compressed.</summary>
    internal static TBuilder WithCompression<TBuilder>(this TBuilder routes) where TBuilder : IEndpointConventionBuilder =>
        routes.WithMetadata(new Compressed()).AddEndpointFilter(async (context, next) =>
        {
            // Always, and not only on what was compressed: a shared cache must not give that to who can't read it, nor the reverse.
            // In one line with what else it depends on: nginx minds only the last line.
            context.HttpContext.Response.Headers.AppendCommaSeparatedValues(HeaderNames.Vary, HeaderNames.AcceptEncoding);
            return await next(context);
        });

    private sealed class Compressed;
}
