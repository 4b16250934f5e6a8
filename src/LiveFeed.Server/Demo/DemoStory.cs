using LiveFeed.Contracts;
using static LiveFeed.Contracts.EntryAction;

namespace LiveFeed.Server.Demo;

/// <summary>
/// An invented story that shows, within two minutes, all that a ticker does: news, updates, a correction, a withdrawn item, a pin.
/// No such town, ferry or band exists.
/// </summary>
internal static class DemoStory
{
    /// <summary>The slug of the feed that it is told in.</summary>
    public const string Feed = "demo";

    /// <summary>The feed's title.</summary>
    public const string Title = "Lower Pondlewick: the missing brass band";

    private static readonly EntrySource Courier = new("Pondlewick Courier");
    private const string Reporter = "Minna Thistledown";

    /// <summary>What happens, in order.</summary>
    public static IReadOnlyList<DemoStep> Steps { get; } =
    [
        new(0, "missing", Publish, new()
        {
            Kind = EntryKind.Breaking,
            Headline = "Brass band vanishes on its way to the harbour fair",
            Body = """
                All **seventeen members** of the Lower Pondlewick Brass Band are missing, an hour after they should have opened the
                harbour fair. They were last seen boarding the nine o'clock ferry, *in full uniform*, with a tuba and two cakes.
                """,
            Byline = Reporter,
            Source = Courier,
            Tags = ["band", "harbour"],
            KeyEvent = true,
        }),
        new(8, "ferry", Publish, new()
        {
            Kind = EntryKind.Update,
            Headline = "The ferry is late, too",
            Body = """
                The *Dainty Gertrude* was due at the pier at 9.20. The crossing takes twenty minutes, or twenty-five with a head wind,
                and nobody here can remember it taking longer than that.

                The harbour master has gone to the end of the pier to look.
                """,
            Byline = Reporter,
            Tags = ["ferry"],
        }),
        new(9, "facts", Publish, new()
        {
            Kind = EntryKind.Fact,
            Headline = "What we know so far",
            Body = """
                | | |
                |---|--:|
                | Musicians aboard | 17 |
                | Crew | 2 |
                | Cakes | 2 |
                | Distance to the far shore | 1.2 miles |

                The band has **never** missed a harbour fair since it was founded in 1911.
                """,
            Source = Courier,
            Tags = ["band", "ferry"],
        }),
        new(10, "harbour-master", Publish, new()
        {
            Kind = EntryKind.Quote,
            Body = """
                > I can't see them, but I can hear them. That is either the band, or a cow on a sandbank who has practised.

                Odo Pellgrave, harbour master
                """,
            Tags = ["harbour"],
        }),
        new(10, "balloon", Publish, new()
        {
            Kind = EntryKind.Update,
            Headline = "Reports of a hot-air balloon over the lake",
            Body = "Several visitors to the fair say that a balloon followed the ferry out. We are trying to confirm this.",
            Byline = Reporter,
        }),
        new(10, "facts", Correct, new()
        {
            Body = """
                | | |
                |---|--:|
                | Musicians aboard | 17 |
                | Crew | 2 |
                | Cakes | 3 |
                | Distance to the far shore | 1.2 miles |

                The band has **never** missed a harbour fair since it was founded in 1911.
                """,
        }, "An earlier version gave the number of cakes as two. There were three; the third was in the tuba."),
        new(10, "found", Publish, new()
        {
            Kind = EntryKind.Breaking,
            Headline = "Found: the band is safe on a sandbank, and playing",
            Body = """
                The *Dainty Gertrude* has run gently aground on **Plum Bank**, half a mile from the pier. Everybody is well. A fishing
                boat that came to help was asked to wait until the end of the second movement.
                """,
            Byline = Reporter,
            Source = Courier,
            Tags = ["band", "ferry"],
            KeyEvent = true,
        }),
        new(6, "found", Edit, new() { Pinned = true }),
        new(8, "balloon", Retract, new(), "There was no balloon. It was the moon, which was up early."),
        new(10, "ferry", Edit, new()
        {
            Headline = "The ferry is late, but the tide is coming in",
            Body = """
                The *Dainty Gertrude* will float off Plum Bank with the tide at about **11.40**, says the harbour master, who has come
                back from the end of the pier. Until then the fair has moved to the beach, from where the music can be heard quite well.
                """,
        }),
        new(12, "so-far", Publish, new()
        {
            Kind = EntryKind.Summary,
            Headline = "The morning in four lines",
            Body = """
                - The brass band of Lower Pondlewick went missing on its way to the harbour fair.
                - Its ferry had run aground on Plum Bank. **Nobody was hurt.**
                - The concert was given all the same, to the largest audience that the band has ever had, most of it in boats.
                - Two of the three cakes have reached the shore.
                """,
            Byline = Reporter,
            Source = Courier,
            Tags = ["band", "ferry", "harbour"],
        }),
    ];
}
