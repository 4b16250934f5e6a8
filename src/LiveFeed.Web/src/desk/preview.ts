import { button, make } from '../dom.js';
import { previewOf } from './api.js';
import { contentOf, type Draft, isNothing } from './draft.js';
import { ruleOf } from './rules.js';
import { language, told, words } from './words.js';

const { preview: texts } = words;

/** Milliseconds without a keystroke before the server is asked. */
const PAUSE = 250;

/** The pages' widths, in CSS pixels: of a small telephone, and of what a desktop leaves for a feed. */
const WIDTHS = { phone: 360, desktop: 960 } as const;

/**
 * Shows what is being written as readers will see it: rendered by the server as for them, on a page with their styles, as wide
 * as theirs. In a frame, since how a page looks depends on how wide it is.
 */
export class Preview {
  private readonly frame = make('iframe', { className: 'desk-preview', title: texts.frame });
  private readonly trouble = make('p', { className: 'desk-hint' });
  private readonly phone = button(texts.phone, () => { this.widen('phone'); });
  private readonly desktop = button(texts.desktop, () => { this.widen('desktop'); });
  private width: keyof typeof WIDTHS = 'phone';
  private pause: ReturnType<typeof setTimeout> | undefined;
  private asking: AbortController | undefined;

  constructor(private readonly section: HTMLElement) {
    const title = make('h2', { id: 'preview-title', textContent: texts.title });
    section.setAttribute('aria-labelledby', title.id);
    section.append(title, make('div', { className: 'desk-row-actions' }, this.phone, this.desktop), this.frame, this.trouble);
    // It is the server's HTML and styles alone; the policy of the page around it lets nothing in it run.
    this.frame.srcdoc = `<!DOCTYPE html><html lang="${language}"><title></title><link rel="stylesheet" href="/assets/live-feed.css">`
      + '<main><live-feed><div class="feed-entries"><div class="feed-slot"></div></div></live-feed></main>';
    this.frame.addEventListener('load', () => {
      this.name();
      // It is looked at: its links lead away from what is being written.
      this.frame.contentDocument?.addEventListener('click', (event) => { event.preventDefault(); });
      this.fit();
    });
    new ResizeObserver(() => { this.fit(); }).observe(section);
    this.widen('phone');
  }

  /** Follows what is written, as soon as the writer pauses. */
  follow(draft: Draft): void {
    clearTimeout(this.pause);
    this.asking?.abort();
    if (isNothing(draft)) {
      this.section.hidden = true;
      return;
    }
    this.pause = setTimeout(() => void this.show(draft), PAUSE);
  }

  private async show(draft: Draft): Promise<void> {
    const asking = this.asking = new AbortController();
    const answer = await previewOf(draft.feed, contentOf(draft), asking.signal);
    if (asking.signal.aborted) return;
    this.section.hidden = false;
    const { broken } = answer ?? {};
    this.trouble.replaceChildren(told(answer === undefined ? texts.stale : broken ? ruleOf(broken.field, draft, broken.rule) : ''));
    const shown = new DOMParser().parseFromString(answer?.html ?? '', 'text/html').body.childNodes;
    if (answer) this.frame.contentDocument?.querySelector('.feed-slot')?.replaceChildren(...shown);
    this.fit();
  }

  /** Says what the page in the frame is, to those who listen. */
  private name(): void {
    const page = this.frame.contentDocument;
    const main = page?.querySelector('main');
    if (!page || !main) return;
    page.title = texts.frame;
    main.ariaLabel = texts.main;
  }

  private widen(width: keyof typeof WIDTHS): void {
    this.width = width;
    this.phone.ariaPressed = String(width === 'phone');
    this.desktop.ariaPressed = String(width === 'desktop');
    this.fit();
  }

  /** A page that is wider than the desk has room for is shown smaller, all of it. */
  private fit(): void {
    const room = this.section.clientWidth;
    const page = this.frame.contentDocument?.querySelector('main');
    if (room === 0 || !page) return;
    const width = WIDTHS[this.width];
    const scale = Math.min(1, room / width);
    this.frame.style.width = `${String(width)}px`;
    const height = page.scrollHeight;
    Object.assign(this.frame.style, {
      height: `${String(height)}px`, transform: `scale(${String(scale)})`, marginBlockEnd: `${String(height * (scale - 1))}px`, marginInlineEnd: `${String(width * (scale - 1))}px`,
    });
  }
}
