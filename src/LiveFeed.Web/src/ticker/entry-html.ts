import type { Entry } from './entry.js';

/** The article of an entry: the server's own sanitised HTML, or the tombstone of one that was withdrawn, which says `withdrawn`. */
export function articleOf(entry: Entry, withdrawn: string): Element {
  if (entry.status === 'retracted' || entry.html === undefined) return tombstone(entry, withdrawn);
  const template = document.createElement('template');
  // The one place where HTML is parsed. It comes from the fan-out, which cleaned it; nothing else may come this way.
  template.innerHTML = entry.html;
  return template.content.firstElementChild ?? tombstone(entry, withdrawn);
}

function tombstone(entry: Entry, withdrawn: string): Element {
  const article = document.createElement('article');
  article.className = 'entry entry-retracted';
  article.id = `entry-${entry.id}`;
  const [before = '', after = ''] = withdrawn.split('{time}');
  const time = document.createElement('time');
  time.dateTime = entry.updatedAt ?? entry.publishedAt;
  article.append(paragraph('entry-withdrawn', before, time, after));
  if (entry.correction) article.append(paragraph('entry-note', entry.correction.note));
  return article;
}

function paragraph(className: string, ...content: (string | Node)[]): HTMLParagraphElement {
  const element = document.createElement('p');
  element.className = className;
  // The newsroom's language may run the other way than the page's.
  element.dir = 'auto';
  element.append(...content);
  return element;
}
