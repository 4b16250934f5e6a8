/** What becomes of a page, as far as its lines must know. */
export interface PageEvents {
  /** The page goes away, perhaps to be shown again. With an open line it wouldn't be kept for the back button. */
  left(): void;
  /** The reader sees the page, again. */
  returned(): void;
  online(): void;
  /** Without a network an open line is only silent, and the page would call itself live until its watchdog looks. */
  offline(): void;
}

/** Tells of the page until the answer is aborted. */
export function watchPage(events: PageEvents): AbortController {
  const watch = new AbortController();
  const on = (target: EventTarget, name: string, listener: () => void): void => { target.addEventListener(name, listener, watch); };
  const seen = (): void => {
    if (document.visibilityState === 'visible') events.returned();
  };
  on(window, 'online', () => { events.online(); });
  on(window, 'offline', () => { events.offline(); });
  on(window, 'pagehide', () => { events.left(); });
  on(window, 'pageshow', seen);
  on(document, 'visibilitychange', seen);
  return watch;
}
