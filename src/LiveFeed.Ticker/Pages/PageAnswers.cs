using System.Data.Common;
using LiveFeed.Archive.Databases;
using LiveFeed.Contracts;
using LiveFeed.Ticker.Api;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LiveFeed.Ticker.Pages;

/// <summary>What the readers' pages answer: a page, that the reader has it, or why there is none.</summary>
internal static class PageAnswers
{
    /// <summary>Answers 503 in the place of a stack trace when the archive can't be reached.</summary>
    public static async ValueTask<object?> OrAwayAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (Exception failure) when ((failure is DbException or OperationCanceledException || ArchiveDatabase.IsPassing(failure))
            && !context.HttpContext.RequestAborted.IsCancellationRequested)
        {
            return Away(context.HttpContext);
        }
    }

    /// <summary>304: the reader has the page.</summary>
    public static StatusCodeHttpResult NotModified => TypedResults.StatusCode(StatusCodes.Status304NotModified);

    /// <summary>The tag of a page that follows from <paramref name="words"/>. Its canonical address says by which name it was reached.</summary>
    public static string TagOf(HttpContext context, params IEnumerable<string?> words) =>
        Freshness.Tag(["page", AskedHost.Of(context), .. words]);

    /// <summary>A page of ours.</summary>
    public static RazorComponentResult<TPage> Page<TPage>(int status, object parameters) where TPage : IComponent =>
        new(parameters) { StatusCode = status };

    /// <summary>410: that the entry was withdrawn.</summary>
    public static RazorComponentResult<WithdrawnPage> Withdrawn(HttpContext context, Feed feed, Entry entry)
    {
        context.Response.Headers.CacheControl = Freshness.Shared;
        return Page<WithdrawnPage>(StatusCodes.Status410Gone, new { Feed = feed, Entry = entry });
    }

    /// <summary>Why there is nothing to show.</summary>
    /// <param name="context">The request.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="title">Which of the page's words is the title.</param>
    /// <param name="text">Which of them says why.</param>
    /// <param name="name">What those call <c>{name}</c>: the part of the address that is damaged.</param>
    public static RazorComponentResult<TroublePage> Trouble(HttpContext context, int status, string title, string text, string name = "")
    {
        context.Response.Headers.CacheControl = Freshness.Shared;
        return Page<TroublePage>(status, new { Words = ReaderLanguage.Of(context), Title = title, Text = text, Name = name });
    }

    /// <summary>503: the archive can't be read.</summary>
    public static RazorComponentResult<TroublePage> Away(HttpContext context)
    {
        var page = Trouble(context, StatusCodes.Status503ServiceUnavailable, "away", "archiveAway");
        // It may be over in a moment, and is nothing of what the tag stands for.
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.Remove("ETag");
        return page;
    }
}
