namespace LiveFeed.Rendering;

/// <summary>
/// Puts each table into a frame of its own. A table that is wider than a phone scrolls there, and nothing else does; the keyboard
/// reaches the frame, and it has a name for those who hear it (WCAG 2.1.1). A group and no region: a page of twenty tables
/// has no twenty landmarks.
/// </summary>
internal static class TableFrame
{
    /// <summary>The same HTML with its tables framed. Each is called by its caption.</summary>
    /// <param name="html">HTML that is safe already.</param>
    /// <param name="name">What a table without a caption is called.</param>
    public static string Around(string html, string name)
    {
        if (!html.Contains("<table", StringComparison.Ordinal))
        {
            return html;
        }

        try
        {
            var body = HtmlBudget.Parse(html).Body!;
            // A table within a table scrolls with it.
            foreach (var table in body.QuerySelectorAll("table").Where(table => table.ParentElement!.Closest("table") is null).ToList())
            {
                var caption = PlainText.Line(table.Children.FirstOrDefault(child => child.LocalName == "caption")?.TextContent);
                var frame = table.Owner!.CreateElement("div");
                frame.ClassName = "entry-table";
                frame.SetAttribute("role", "group");
                frame.SetAttribute("tabindex", "0");
                frame.SetAttribute("aria-label", caption.Length > 0 ? caption : name);
                table.Replace(frame);
                frame.Append(table);
            }

            return HtmlBudget.Write(body);
        }
        catch (HtmlBudgetExceededException)
        {
            // So many tables that nobody meant them as such: they stay as they are.
            return html;
        }
    }
}
