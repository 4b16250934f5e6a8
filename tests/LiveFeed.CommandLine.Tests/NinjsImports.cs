using LiveFeed.Contracts;
using LiveFeed.Server.Commands.Import;
using LiveFeed.Testing;

namespace LiveFeed.CommandLine.Tests;

/// <summary>Wire items in ninjs, as six wires send them.</summary>
public sealed class NinjsImports
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    private static ImportPlan Read(string text) => ImportFile.Read(text, "wire", Now);

    private static EntryFields Wire(string name) =>
        Assert.Single(Read(File.ReadAllText(Path.Combine(Repository.Data, "ninjs", name))).Steps).Submission.Fields;

    [Fact]
    public void A_german_text_keeps_headline_byline_source_and_html()
    {
        var fields = Wire("dpa_text.json");

        Assert.Equal("Faktencheck Derby-Elfmeter: Hat Schiedsrichter Zwayer recht?", fields.Headline);
        Assert.Equal("Von Christian Hollmann, dpa", fields.Byline);
        Assert.Equal("dpa", fields.Source!.Name);
        Assert.Equal(BodyFormat.Html, fields.BodyFormat);
        Assert.StartsWith("<section class=\"main\"><p>", fields.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void A_picture_item_shows_its_own_picture_of_a_sensible_size()
    {
        var fields = Wire("ap_image.json");

        Assert.Equal(EntryKind.Media, fields.Kind);
        Assert.Equal((512, 377), (fields.Image!.Width, fields.Image.Height));
        Assert.StartsWith("FILE - In this Monday", fields.Image.Caption, StringComparison.Ordinal);
        Assert.Equal("ASSOCIATED PRESS", fields.Image.Credit);
        Assert.Equal("DHA", fields.Source!.Name);
        Assert.Contains("international news", fields.Tags!);
        Assert.Null(fields.Body);
    }

    [Fact]
    public void A_text_with_pictures_takes_html_and_the_picture_that_goes_with_it()
    {
        var fields = Wire("tt_text_image_3.json");

        Assert.Equal("Militärövning i jätteformat hålls 2023", fields.Headline);
        Assert.Equal("https://beta.tt.se/media/text/210526-militarovning-a0f2d045/a001_NormalPreview.jpg", fields.Image!.Url);
        Assert.Equal((1024, 683), (fields.Image.Width, fields.Image.Height));
        Assert.Equal("Karl Melander/TT", fields.Image.Credit);
        Assert.DoesNotContain("<h1>Militärövning", fields.Body, StringComparison.Ordinal);
        Assert.Contains("<p>Pandemin", fields.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void An_item_without_a_body_shows_its_description()
    {
        var plan = Read(File.ReadAllText(Path.Combine(Repository.Data, "ninjs", "ntb_text.json")));
        var submission = Assert.Single(plan.Steps).Submission;

        Assert.StartsWith("<p>IT-giganten Google", submission.Fields.Body, StringComparison.Ordinal);
        Assert.Equal("nb-NO", plan.Language);
        Assert.Equal(new DateTimeOffset(2019, 8, 9, 9, 30, 4, TimeSpan.Zero), submission.PublishedAt);
    }

    [Fact]
    public void Html_is_preferred_to_plain_text() =>
        Assert.StartsWith("<body><p>GROSSETO", Wire("ninjsExSimpleText_3.json").Body, StringComparison.Ordinal);

    [Fact]
    public void A_logo_is_a_picture_too() =>
        Assert.EndsWith("AB_LOGO_webready.jpg", Wire("businesswire-newsml-20130731006140.json").Image!.Url, StringComparison.Ordinal);

    [Theory]
    [InlineData("ninjs-schema_2.1.json")]
    [InlineData("ninjs-schema_3.0.json")]
    public void A_schema_is_no_item(string name) =>
        Assert.Contains("neither", Assert.Throws<BadFileException>(() => Read(File.ReadAllText(Path.Combine(Repository.Data, "ninjs", name)))).Message, StringComparison.Ordinal);

    [Fact]
    public void Versions_are_edits_a_cancelled_one_is_a_withdrawal_and_names_come_in_any_case()
    {
        var steps = Read("""
            [
              {"URI":"urn:a","VERSION":"3","versioncreated":"2026-01-01T10:20:00Z","pubstatus":"canceled"},
              {"uri":"urn:a","version":2,"versionCreated":"2026-01-01T10:10:00Z","headlines":[{"value":"Two"}]},
              {"uri":"urn:b","version":1,"versionCreated":"2026-01-01T10:05:00Z","headline":"B","body_text":"One.\nTwo & three.","urgency":1},
              {"uri":"urn:a","version":"1","versioncreated":"2026-01-01T11:00:00+01:00","headlines":[{"role":"main","value":"One"}]}
            ]
            """).Steps;

        Assert.Equal(
            [EntryAction.Publish, EntryAction.Publish, EntryAction.Edit, EntryAction.Retract], steps.Select(step => step.Submission.Action));
        Assert.Equal(["One", "B", "Two", null], steps.Select(step => step.Submission.Fields.Headline));
        Assert.Equal(EntryKind.Breaking, steps[1].Submission.Fields.Kind);
        Assert.Equal("<p>One.</p><p>Two &amp; three.</p>", steps[1].Submission.Fields.Body);
        Assert.Equal(2, steps.Select(step => step.Submission.EntryId).Distinct().Count());
        Assert.Equal(4, steps.Select(step => step.Submission.SubmissionId).Distinct().Count());
    }

    [Fact]
    public void What_is_withheld_is_left_out_and_told()
    {
        var plan = Read("""[{"uri":"urn:a","versionCreated":"2026-01-01T10:00:00Z","pubStatus":"withheld","headlines":[{"value":"x"}]}]""");

        Assert.Empty(plan.Steps);
        Assert.Contains("withheld", Assert.Single(plan.Notes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[{"versionCreated":"2026-01-01T10:00:00Z"}]""", "item 1 has no uri")]
    [InlineData("""[{"uri":"urn:a","headlines":[{"value":"x"}]}]""", "item 1 (urn:a) has no versionCreated")]
    [InlineData("""{"uri":"urn:a","versionCreated":"2026-01-01T10:00:00Z","headlines":"x"}""", "the item.headlines must be a list")]
    [InlineData("""[{"uri":"urn:a","versionCreated":"2026-01-01T10:00:00Z"},7]""", "item 2 must be an object")]
    public void A_bad_item_is_named(string text, string why) =>
        Assert.Contains(why, Assert.Throws<BadFileException>(() => Read(text)).Message, StringComparison.Ordinal);
}
