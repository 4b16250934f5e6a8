import type { Entry } from '../ticker/entry.js';
import { articleOf } from '../ticker/entry-html.js';

/** A page with Trusted Types takes HTML only from a policy; one that doesn't list ours (`live-feed`) gets headlines. */
const trusted = makePolicy();

interface Policy {
  createHTML(html: string): string;
}

function makePolicy(): Policy | undefined {
  const { trustedTypes } = globalThis as { trustedTypes?: { createPolicy(name: string, rules: Policy): Policy } };
  const rules = { createHTML: (html: string) => html };
  try {
    return trustedTypes ? trustedTypes.createPolicy('live-feed', rules) : rules;
  } catch {
    return undefined;
  }
}

/** The article of an entry as a partner's page shows it: its links lead to the server, and open beside the page. */
export function widgetArticle(entry: Entry, server: URL, withdrawn: string): Element {
  let article: Element;
  try {
    article = articleOf({ ...entry, ...(entry.html !== undefined && trusted && { html: trusted.createHTML(entry.html) }) }, withdrawn);
  } catch {
    article = document.createElement('article');
    article.textContent = entry.headline ?? '';
  }
  for (const link of article.querySelectorAll('a')) {
    link.href = new URL(link.getAttribute('href') ?? '', server).href;
    // Which no browser takes for leave to reach back to the page.
    link.target = '_blank';
  }
  for (const picture of article.querySelectorAll('img')) {
    const address = new URL(picture.getAttribute('src') ?? '', server);
    // Nobody else learns of the reader: a picture that is kept elsewhere is told by its words.
    if (address.origin !== server.origin) picture.replaceWith(picture.alt);
    else {
      picture.removeAttribute('srcset');
      picture.src = address.href;
      picture.loading = 'lazy';
    }
  }
  // A tombstone is made here, and what writes the times of the reader's page isn't.
  for (const time of article.querySelectorAll<HTMLTimeElement>('time:empty')) time.textContent = new Date(time.dateTime).toLocaleTimeString();
  for (const part of article.querySelectorAll('[class]')) part.part.add(...part.classList);
  return article;
}
