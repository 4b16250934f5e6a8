import type MarkdownIt from 'markdown-it';

/** An address that stands in the text as it is. LiveFeed makes a link of it, and nothing in it is markup. */
export const bareAddress = /(?<![^\s*_~(])(?:https?|ftp):\/\/[^\s<>[\]\\`]*[^\s<>[\]\\`?!.,:*_~]/g;

/** Teaches the tokenizer what the server's does: an underscore or an asterisk in an address begins no emphasis. */
export function readBareAddresses(tokenizer: MarkdownIt): void {
  // The colon is where the tokenizer stops to look; the scheme before it was taken as text.
  tokenizer.inline.ruler.before('text', 'bare_address', (state, silent) => {
    if (state.src[state.pos] !== ':') return false;
    const scheme = /(?:https?|ftp)$/.exec(state.src.slice(Math.max(0, state.pos - 5), state.pos));
    if (!scheme) return false;
    const begin = state.pos - scheme[0].length;
    const pattern = new RegExp(bareAddress.source, 'y');
    pattern.lastIndex = begin;
    const found = pattern.exec(state.src);
    if (!found) return false;
    const rest = found[0].slice(scheme[0].length);
    if (!silent) state.pending += rest;
    state.pos += rest.length;
    return true;
  });
}
