using LiveFeed.Contracts;
using LiveFeed.Server.Commands.Import;
using LiveFeed.Testing;

namespace LiveFeed.CommandLine.Tests;

/// <summary>A live blog's export becomes publications and edits, in the order in which they happened.</summary>
public sealed class LiveBlogImports
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    private static ImportPlan Mars(string feed = "mars") =>
        ImportFile.Read(File.ReadAllText(Path.Combine(Repository.Data, "liveblog", "mars-landing.json")), feed, Now);

    [Fact]
    public void All_thirteen_blocks_are_published_the_oldest_first_at_their_own_times()
    {
        var plan = Mars();
        var published = plan.Steps.Where(step => step.Submission.Action is EntryAction.Publish).ToList();

        Assert.Equal(13, published.Count);
        Assert.Equal("en", plan.Language);
        Assert.StartsWith("Nasa scientists release new images", plan.Title, StringComparison.Ordinal);
        Assert.Equal(plan.Steps.Select(step => step.At), plan.Steps.Select(step => step.At).Order());
        Assert.All(published, step => Assert.Equal(step.At, step.Submission.PublishedAt));
        Assert.Equal(new DateTimeOffset(2021, 2, 19, 18, 42, 2, TimeSpan.Zero), published[0].At);
    }

    [Fact]
    public void Blocks_that_were_changed_later_are_edited_after_they_were_published()
    {
        var edits = Mars().Steps.Where(step => step.Submission.Action is EntryAction.Edit).ToList();

        Assert.Equal(4, edits.Count);
        Assert.All(edits, step =>
        {
            Assert.False(step.Submission.Minor);
            Assert.Null(step.Submission.PublishedAt);
            Assert.NotNull(step.Submission.Fields.Body);
        });
    }

    [Fact]
    public void The_summary_stays_a_summary_and_a_key_event()
    {
        var summary = Assert.Single(Mars().Steps, step => step.Submission.Fields.Kind is EntryKind.Summary).Submission.Fields;

        Assert.Equal("Summary", summary.Headline);
        Assert.True(summary.KeyEvent);
        Assert.Contains("<li>", summary.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_tweets_and_films_come_along()
    {
        var steps = Mars().Steps;

        var image = steps.Select(step => step.Submission.Fields).Where(fields => fields.Image is not null).Select(fields => fields.Image!).First();
        Assert.StartsWith("https://media.guim.co.uk/", image.Url, StringComparison.Ordinal);
        Assert.Equal((1000, 750), (image.Width, image.Height));
        Assert.Equal("Photograph: NASA/AFP/Getty Images", image.Credit);
        Assert.NotNull(image.Caption);
        Assert.NotNull(image.Alt);
        Assert.Contains(steps, step => step.Submission.Fields.Body?.Contains("<blockquote class=\"twitter-tweet\">", StringComparison.Ordinal) is true);
        Assert.Contains(steps, step => step.Submission.Fields.Body?.Contains("href=\"https://www.youtube.com/watch?v=XmP56yBy-18\"", StringComparison.Ordinal) is true);
        Assert.Contains(steps, step => step.Submission.Fields.Byline == "Natalie Grover");
    }

    [Fact]
    public void The_same_file_gives_the_same_ids_and_another_feed_gives_others()
    {
        static IEnumerable<Guid> Ids(ImportPlan plan) => plan.Steps.SelectMany(step => new[] { step.Submission.EntryId, step.Submission.SubmissionId });

        Assert.Equal(Ids(Mars()), Ids(Mars()));
        Assert.Empty(Ids(Mars()).Intersect(Ids(Mars("other"))));
        Assert.Equal(Mars().Steps.Count, Mars().Steps.Select(step => step.Submission.SubmissionId).Distinct().Count());
        Assert.All(Ids(Mars()), id => Assert.Equal(8, id.Version));
    }

    [Theory]
    [InlineData("{", "isn't JSON")]
    [InlineData("7", "neither a live blog")]
    [InlineData("{}", "neither a live blog")]
    [InlineData("[]", "no items")]
    [InlineData("""{"blocks":7}""", "blocks must be a list")]
    [InlineData("""{"blocks":[7]}""", "blocks[0] must be an object")]
    [InlineData("""{"blocks":[{"title":"a"}]}""", "blocks[0] has no id")]
    [InlineData("""{"blocks":[{"id":"a","title":"a"}]}""", "blocks[0] (a) has no publishedAt")]
    [InlineData("""{"blocks":[{"id":"a","title":"a","publishedAt":"soon"}]}""", "'soon', which is no time")]
    [InlineData("""{"blocks":[{"id":"a","publishedAt":"2021-01-01T00:00:00Z"}]}""", "needs a headline, a body or an image")]
    [InlineData("""{"blocks":[{"id":"a","title":"a","publishedAt":"2031-01-01T00:00:00Z"}]}""", "lies in the future")]
    [InlineData("""{"blocks":[{"id":"a","publishedAt":"2021-01-01T00:00:00Z","elements":[{"type":"audio"}]}]}""", "elements[0].type is 'audio'")]
    [InlineData("""{"blocks":[{"id":"a","publishedAt":"2021-01-01T00:00:00Z","elements":[{"type":"image","url":"javascript:x"}]}]}""", "image.url must be an absolute http")]
    public void A_bad_file_is_refused_whole_and_the_place_is_named(string text, string why) =>
        Assert.Contains(why, Assert.Throws<BadFileException>(() => ImportFile.Read(text, "mars", Now)).Message, StringComparison.Ordinal);
}
