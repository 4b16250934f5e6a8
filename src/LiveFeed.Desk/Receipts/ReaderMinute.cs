using System.Text.Json.Serialization;
using LiveFeed.Contracts;

namespace LiveFeed.Desk;

/// <summary>The most readers that there were in a minute.</summary>
/// <param name="At">When the minute began.</param>
/// <param name="Readers">How many tickers were open, by where they stood.</param>
public sealed record ReaderMinute([property: JsonConverter(typeof(Rfc3339))] DateTimeOffset At, IReadOnlyDictionary<string, int> Readers);

/// <summary>A feed's readers, now and over time.</summary>
/// <param name="Feed">The feed's slug.</param>
/// <param name="Now">How many tickers are open now, by where they stand: a partner's host, "own pages", "programs" or "others".</param>
/// <param name="Minutes">The most there were in each minute, the first one first; a minute without readers is left out.</param>
public sealed record ReadersOverTime(string Feed, IReadOnlyDictionary<string, int> Now, IReadOnlyList<ReaderMinute> Minutes);
