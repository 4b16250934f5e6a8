namespace LiveFeed.Desk;

/// <summary>How far a revision of an entry has come.</summary>
/// <param name="Feed">The feed's slug.</param>
/// <param name="Id">The entry.</param>
/// <param name="Revision">The revision.</param>
/// <param name="AcceptedMs">How long it took from the desk to the archive, in milliseconds; absent where another desk node sent it, or long ago.</param>
/// <param name="Readers">How many tickers of the feed are open now.</param>
/// <param name="PushedTo">On how many tickers it was pushed, or stood from the beginning.</param>
/// <param name="Confirmed">How many open tickers have said that it stands on the screen. Programs say nothing, nor do all where there are many.</param>
/// <param name="Waiting">How many open tickers are still on what was before.</param>
/// <param name="Seen">How long it took to the readers' screens.</param>
public sealed record Receipt(string Feed, Guid Id, int Revision, int? AcceptedMs, int Readers, int PushedTo, int Confirmed, int Waiting, ReceiptTimes Seen);

/// <summary>How long it took from the acceptance to the screens of those readers who told.</summary>
/// <param name="Samples">How many told.</param>
/// <param name="P50Ms">Half of them had it by then, in milliseconds; absent while nobody has told.</param>
/// <param name="P99Ms">Ninety-nine in a hundred had it by then, in milliseconds; absent while nobody has told.</param>
public sealed record ReceiptTimes(int Samples, int? P50Ms, int? P99Ms);

/// <summary>A feed's readers now.</summary>
/// <param name="Feed">The feed's slug.</param>
/// <param name="Readers">How many tickers are open, by where they stand: a partner's host, "own pages", "programs" or "others".</param>
public sealed record ReadersNow(string Feed, IReadOnlyDictionary<string, int> Readers);
