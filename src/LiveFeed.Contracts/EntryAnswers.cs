using System.Text.Json.Serialization;

namespace LiveFeed.Contracts;

/// <summary>The fan-out's yes: the entry stands in the archive and has been announced.</summary>
/// <param name="SubmissionId">The submission that is answered.</param>
/// <param name="Entry">The entry as the submission left it.</param>
/// <param name="Repeated">True when this had been answered before, and this is the first answer again.</param>
public sealed record EntryAccepted(Guid SubmissionId, Entry Entry, bool Repeated = false);

/// <summary>The fan-out's no: nothing was stored, nothing was pushed.</summary>
/// <param name="SubmissionId">The submission that is answered.</param>
/// <param name="Reason">The rule that it broke.</param>
/// <param name="Detail">The rule in words, and what to do.</param>
/// <param name="Newest">The entry as it stands, where the writer had not seen its newest revision.</param>
public sealed record EntryRejected(Guid SubmissionId, RejectionReason Reason, string Detail, Entry? Newest = null)
{
    /// <summary>The field that broke the rule, where it was one.</summary>
    public string? Field { get; init; }
}

/// <summary>
/// The fan-out's answers to submissions of one writer that it carried out together, for a writer that says it takes them so
/// (MassTransit's accept header names this type). Others get <see cref="EntryAccepted"/> or <see cref="EntryRejected"/>.
/// </summary>
/// <remarks>
/// It goes through <see cref="Exchange"/>, to which each writer's queue is bound by its name, the last part of its response address.
/// What is for a writer that has gone is dropped there. Sent to that writer's own exchange, it would have RabbitMQ close the
/// channel, which carries everybody else's answers too (AMQP 0-9-1, 404).
/// </remarks>
/// <param name="Answers">The answers, in the order in which the submissions were carried out.</param>
public sealed record SubmissionsAnswered(IReadOnlyList<SubmissionAnswer> Answers)
{
    /// <summary>The name of the exchange (AMQP 0-9-1, direct).</summary>
    public const string Exchange = "livefeed-answers";

    /// <summary>The exchange, as MassTransit addresses it.</summary>
    public static Uri Address { get; } = new($"exchange:{Exchange}?type=direct");
}

/// <summary>One of <see cref="SubmissionsAnswered"/>: a yes or a no.</summary>
/// <param name="RequestId">The request that is answered.</param>
/// <param name="Yes">The yes; null when refused.</param>
/// <param name="No">The no; null when accepted.</param>
public sealed record SubmissionAnswer(Guid RequestId, EntryAccepted? Yes, EntryRejected? No);

/// <summary>Why a submission was refused.</summary>
[JsonConverter(typeof(LowerCase<RejectionReason>))]
public enum RejectionReason
{
    /// <summary>A field breaks a rule of <see cref="EntryRules"/>.</summary>
    Invalid,

    /// <summary>There is no such feed.</summary>
    UnknownFeed,

    /// <summary>The feed is closed.</summary>
    FeedClosed,

    /// <summary>There is no such entry.</summary>
    UnknownEntry,

    /// <summary>An entry with this id is there already, with other content.</summary>
    EntryExists,

    /// <summary>The entry has been retracted and can't be changed any more.</summary>
    Retracted,

    /// <summary>The writer had not seen the newest revision.</summary>
    Conflict,

    /// <summary>The submission's id was used before for something else.</summary>
    Reused,
}
