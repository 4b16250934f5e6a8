namespace LiveFeed.Ticker.Pages;

/// <summary>The words of the pages themselves, as against those of the newsroom.</summary>
internal static class Words
{
    public const string Site = "LiveFeed";
    public const string Feeds = "Feeds";
    public const string NoFeeds = "There are no feeds yet.";
    public const string Closed = "This feed is closed.";
    public const string NothingYet = "Nothing has been published yet.";
    public const string NothingOlder = "There is nothing older.";
    public const string ShowMore = "Show more";
    public const string Newest = "To the newest";
    public const string WholeFeed = "To the whole feed";
    public const string WithdrawnAt = "This item was withdrawn at";
    public const string NotFound = "Not found";
    public const string UnknownFeed = "There is no such feed here.";
    public const string UnknownEntry = "There is no such item in this feed.";
    public const string Damaged = "The address is damaged";
    public const string BadCursor = "Its place in the feed, which stands after before=, can't be read. Without it, the address leads to the newest.";
    public const string Away = "Not at the moment";
    public const string ArchiveAway = "The feed can't be read at the moment. Try again in a few seconds.";
    public const string AllFeeds = "To all feeds";
}
