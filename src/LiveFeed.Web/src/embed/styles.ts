import css from '../embed.css';

let sheet: CSSStyleSheet | undefined;

/** The styles of a widget's box, shared by all of a page. Made so, and not as an element, they need nothing of the page's policy. */
export function styles(): CSSStyleSheet {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
  }
  return sheet;
}
