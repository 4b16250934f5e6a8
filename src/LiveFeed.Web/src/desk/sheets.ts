import type { Draft } from './draft.js';
import type { Submission } from './submission.js';
import type { Why } from './words.js';

/** What a write is for. */
export type Purpose = 'draft' | 'pin' | 'retract';

/** What a writer is at, in one tab. */
export interface Sheet {
  /** A UUID. */
  readonly id: string;
  /** When it was kept last, RFC 3339. */
  readonly keptAt?: string;
  /** What is being written; absent when that is nothing. */
  readonly draft?: Draft | undefined;
  /** Of the draft that the server keeps of it; absent while it keeps none. */
  readonly version?: number | undefined;
  /** What was sent and isn't known to be live or refused. */
  readonly submission?: Submission<Purpose> | undefined;
  /** Why what was sent isn't live, where the writer hasn't seen that yet. */
  readonly trouble?: Why | undefined;
}

/** The tab's own: a reload finds its sheet by it. */
const OWN = 'livefeed.sheet';

/** Milliseconds for a page that is being left to let go of its sheet. */
const HANDING_OVER = 1_000;

/**
 * A writer's sheets on this device. They outlive the tab and the browser. A tab holds the ones that it is at (by the Web Locks API),
 * so that two tabs never write on one; a sheet that no tab holds was left by one that is closed.
 */
export class Sheets {
  private readonly held = new Map<string, () => void>();
  private readonly prefix: string;

  constructor(writer: string) {
    this.prefix = `livefeed.sheet.${writer}.`;
    // The browser may forget what isn't declared worth keeping when it runs out of room.
    void navigator.storage.persist();
  }

  /** The sheet that this tab was at before it was loaded again; a new one if there is none, or if another tab has it. */
  async own(): Promise<Sheet> {
    const id = sessionStorage.getItem(OWN);
    // A tab that was doubled brings the other's id along.
    if (id === null || !(await this.hold(id, { signal: AbortSignal.timeout(HANDING_OVER) }))) return this.begin();
    const sheet = this.read(id);
    if (sheet) return sheet;
    this.leave(id);
    return this.begin();
  }

  /** A new sheet, this tab's own from now on. */
  begin(): Sheet {
    const id = crypto.randomUUID();
    // Nobody else knows of it.
    void this.hold(id);
    this.goOnWith(id);
    return { id };
  }

  /** Holds a sheet that may not be on this device yet; undefined when another tab has it. */
  async open(id: string): Promise<Sheet | undefined> {
    return (await this.hold(id)) ? (this.read(id) ?? { id }) : undefined;
  }

  /** This sheet is the tab's own from now on. */
  goOnWith(id: string): void {
    sessionStorage.setItem(OWN, id);
  }

  /** Holds a sheet that was left; undefined when it is gone, or another tab was quicker. */
  async take(id: string): Promise<Sheet | undefined> {
    if (!(await this.hold(id))) return undefined;
    const sheet = this.read(id);
    if (!sheet) this.leave(id);
    return sheet;
  }

  /** Lets go of a sheet: others may take it. */
  leave(id: string): void {
    this.held.get(id)?.();
    this.held.delete(id);
  }

  /** Keeps a sheet; one with nothing on it is forgotten. False when the browser keeps nothing. */
  keep(sheet: Sheet): boolean {
    try {
      if (sheet.draft || sheet.submission) localStorage.setItem(this.prefix + sheet.id, JSON.stringify({ ...sheet, keptAt: new Date().toISOString() }));
      else localStorage.removeItem(this.prefix + sheet.id);
      return true;
    } catch (error) {
      // Full, or denied by the browser's settings.
      if (error instanceof DOMException) return false;
      throw error;
    }
  }

  forget(id: string): void {
    this.keep({ id });
    this.leave(id);
  }

  /** The sheets that no tab is at, latest first. */
  async left(): Promise<readonly Sheet[]> {
    const { held = [] } = await navigator.locks.query();
    const names = new Set(held.map(({ name }) => name));
    return Object.keys(localStorage)
      .filter((name) => name.startsWith(this.prefix) && !names.has(name))
      .flatMap((name) => this.read(name.slice(this.prefix.length)) ?? [])
      .sort((a, b) => (b.keptAt ?? '').localeCompare(a.keptAt ?? ''));
  }

  private read(id: string): Sheet | undefined {
    const kept = localStorage.getItem(this.prefix + id);
    return kept === null ? undefined : (JSON.parse(kept) as Sheet);
  }

  /** True when this tab holds it now. */
  private hold(id: string, patience: LockOptions = { ifAvailable: true }): Promise<boolean> {
    return new Promise((resolve) => {
      const taken = (lock: Lock | null): Promise<void> | undefined => {
        resolve(lock !== null);
        return lock ? new Promise((release) => { this.held.set(id, release); }) : undefined;
      };
      // Refused is: nobody let go of it in time.
      navigator.locks.request(this.prefix + id, patience, taken).catch(() => { resolve(false); });
    });
  }
}
