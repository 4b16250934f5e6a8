/** The address that readers can follow from a link, or undefined: http, https or mailto, as the server's own rule says (WebAddress.cs). */
export function linkAddress(written: string): string | undefined {
  const trimmed = written.trim();
  const address = trimmed.startsWith('//') ? `https:${trimmed}` : trimmed;
  const parsed = URL.canParse(address) ? new URL(address) : undefined;
  if (!parsed) return undefined;
  const isAllowed = parsed.protocol === 'mailto:' ? parsed.pathname !== '' : /^https?:$/.test(parsed.protocol) && parsed.hostname !== '';
  // As written where that is plain; what browsers would have to repair, as they would.
  return !isAllowed ? undefined : /[\s\\<>"`]/.test(address) ? parsed.href : address;
}

/** What somebody who types an address by hand means: `example.org/x` is a page, `desk@example.org` a mailbox. */
export function meantAddress(typed: string): string | undefined {
  const trimmed = typed.trim();
  if (/^[^\s@:/]+@[^\s@:/]+\.[^\s@:/]+$/.test(trimmed)) return linkAddress(`mailto:${trimmed}`);
  if (/^[^\s@:/?#]+\.[^\s@:/?#]{2,}(?::\d+)?(?:[/?#]\S*)?$/.test(trimmed)) return linkAddress(`https://${trimmed}`);
  return linkAddress(trimmed);
}
