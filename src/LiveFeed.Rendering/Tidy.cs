using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace LiveFeed.Rendering;

/// <summary>Fits a body into an entry: before cleaning it keeps what cleaning would lose, after it nothing but what was meant is left.</summary>
internal static class Tidy
{
    // Their text is no text for readers, so it goes with them.
    private static readonly HashSet<string> Dropped = new(StringComparer.OrdinalIgnoreCase)
    {
        "applet", "audio", "base", "button", "canvas", "datalist", "embed", "frame", "frameset", "head", "iframe", "input", "link", "math", "meta",
        "meter", "noembed", "noframes", "noscript", "object", "optgroup", "option", "output", "param", "plaintext", "progress", "script", "select",
        "source", "style", "svg", "template", "textarea", "title", "track", "video", "xmp",
    };

    // Kept as a block, or the words on its two sides would run together. The entry's own heading is h2: below it comes h3.
    private static readonly Dictionary<string, string> Renamed = new(StringComparer.OrdinalIgnoreCase)
    {
        ["h1"] = "h3",
        ["h2"] = "h3",
        ["strike"] = "s",
        ["tt"] = "code",
        ["address"] = "div",
        ["article"] = "div",
        ["aside"] = "div",
        ["center"] = "div",
        ["details"] = "div",
        ["fieldset"] = "div",
        ["footer"] = "div",
        ["form"] = "div",
        ["header"] = "div",
        ["hgroup"] = "div",
        ["legend"] = "div",
        ["main"] = "div",
        ["nav"] = "div",
        ["section"] = "div",
        ["summary"] = "div",
    };

    private static readonly string[] Sides = ["left", "center", "right"];

    private static readonly Dictionary<string, string[]> AttributesOf = new()
    {
        ["a"] = ["href", "rel"],
        ["img"] = ["src", "alt", "width", "height", "loading"],
        ["ol"] = ["start", "reversed"],
        ["td"] = ["colspan", "rowspan", "align"],
        ["th"] = ["colspan", "rowspan", "align", "scope"],
        ["time"] = ["datetime"],
    };

    public static void BeforeCleaning(IElement body)
    {
        foreach (var element in body.QuerySelectorAll("*").ToList())
        {
            if (Dropped.Contains(element.LocalName) || element is not IHtmlElement)
            {
                element.Remove();
                continue;
            }

            // Markdown's tables say their columns' alignment in the one way that may not stay.
            if (element.LocalName is "td" or "th" && element.GetAttribute("style") is { } style
                && Sides.FirstOrDefault(side => style.Trim(' ', ';') == $"text-align: {side}") is { } align)
            {
                element.SetAttribute("align", align);
            }

            if (Renamed.TryGetValue(element.LocalName, out var name))
            {
                Rename(element, name);
            }
        }
    }

    public static void AfterCleaning(IElement body)
    {
        foreach (var element in body.QuerySelectorAll("*").ToList())
        {
            KeepAttributes(element);
            switch (element.LocalName)
            {
                case "a":
                    FitLink(element);
                    break;
                case "img":
                    FitImage(element);
                    break;
            }
        }

        foreach (var text in body.Descendants<IText>().ToList())
        {
            text.Data = PlainText.Clean(text.Data);
        }

        foreach (var pre in body.QuerySelectorAll("pre"))
        {
            // The parser eats a line break right after the tag, so it would be lost, one at every reading.
            if (pre.FirstChild is IText first)
            {
                first.Data = first.Data.TrimStart('\n');
            }
        }
    }

    private static void KeepAttributes(IElement element)
    {
        var allowed = AttributesOf.GetValueOrDefault(element.LocalName, []);
        foreach (var attribute in element.Attributes.ToList())
        {
            var (name, value) = (attribute.Name, PlainText.Line(attribute.Value));
            var keep = name switch
            {
                "lang" => value.Length is > 0 and <= 35 && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-'),
                "dir" => value is "ltr" or "rtl" or "auto",
                "title" => element.LocalName is "abbr" or "a",
                _ when !allowed.Contains(name) => false,
                "width" or "height" or "start" => value.Length is > 0 and <= 5 && value.All(char.IsAsciiDigit),
                "colspan" or "rowspan" => value.Length is > 0 and <= 2 && value.All(char.IsAsciiDigit),
                "align" => value is "left" or "center" or "right",
                "scope" => value is "col" or "row",
                _ => true,
            };
            if (keep)
            {
                element.SetAttribute(name, value);
            }
            else
            {
                element.RemoveAttribute(name);
            }
        }
    }

    private static void FitLink(IElement link)
    {
        if (WebAddress.OfLink(link.GetAttribute("href")) is not { } address)
        {
            link.Replace([.. link.ChildNodes]);
            return;
        }

        link.SetAttribute("href", address);
        // A body may come from anyone whom a newsroom quotes: its links are not the publisher's recommendation.
        link.SetAttribute("rel", "noopener ugc");
    }

    private static void FitImage(IElement image)
    {
        if (WebAddress.OfWeb(image.GetAttribute("src")) is not { } address)
        {
            image.Remove();
            return;
        }

        image.SetAttribute("src", address);
        image.SetAttribute("alt", image.GetAttribute("alt") ?? "");
        image.SetAttribute("loading", "lazy");
    }

    private static void Rename(IElement element, string name)
    {
        var renamed = element.Owner!.CreateElement(name);
        renamed.Append([.. element.ChildNodes]);
        element.Replace(renamed);
    }
}
