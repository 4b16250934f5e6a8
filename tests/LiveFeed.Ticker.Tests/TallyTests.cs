using LiveFeed.Contracts;
using LiveFeed.Ticker.Receipts;

namespace LiveFeed.Ticker.Tests;

/// <summary>How many screens stand where.</summary>
public sealed class TallyTests
{
    [Fact]
    public void Whoever_makes_up_partners_makes_no_report_longer()
    {
        var tally = new Tally([]);
        for (var number = 0; number < 1_000; number++)
        {
            tally.Add(new OpenTicker { Partner = $"site-{number}.example" });
        }

        tally.Add(new OpenTicker { Partner = "site-7.example" });

        Assert.Equal(1_001, tally.Readers.Values.Sum());
        Assert.Equal(2, tally.Readers["site-7.example"]);
        Assert.Equal(900, tally.Readers[FeedReaders.Others]);
        Assert.Equal(101, tally.Readers.Count);
    }

    private sealed class OpenTicker : Screen
    {
        public override long Began => 0;

        public override long Told => 0;
    }
}
