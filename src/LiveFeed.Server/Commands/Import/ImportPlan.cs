using LiveFeed.Contracts;

namespace LiveFeed.Server.Commands.Import;

/// <summary>What a file asks for, the oldest first.</summary>
/// <param name="Title">A title for a new feed, if the file has one.</param>
/// <param name="Language">The language that the file is written in, if it says.</param>
/// <param name="Steps">What to do.</param>
/// <param name="Notes">What of the file is left out, and why.</param>
internal sealed record ImportPlan(string? Title, string? Language, IReadOnlyList<ImportStep> Steps, IReadOnlyList<string> Notes);

/// <summary>One thing to do.</summary>
/// <param name="At">When it happened in the story.</param>
/// <param name="Name">What it is called in the file, for messages.</param>
/// <param name="Submission">What to submit; its ids follow from the feed and the file alone, so that doing it again is a repeat.</param>
internal sealed record ImportStep(DateTimeOffset At, string Name, SubmitEntry Submission);

/// <summary>A file that can't be imported; the message names the place and what is wrong there.</summary>
internal sealed class BadFileException(string message) : CommandFailedException(message);
