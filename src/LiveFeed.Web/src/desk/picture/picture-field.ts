import { button, make } from '../../dom.js';
import { Retry } from '../../ticker/retry.js';
import type { Picture } from '../entry.js';
import { catchPictures, TYPES } from './catching.js';
import { type KeptPicture, upload } from './upload.js';
import { locale, say, sentence, told, words } from '../words.js';

const { picture: texts } = words;

/** The narrowest that the server keeps of a picture that is wider, in pixels. */
const NARROWEST = 480;

/** What the field tells. */
export interface PictureTells {
  /** The server keeps a picture; `focus`: the writer looks at this part of the form. */
  kept(picture: KeptPicture, focus: boolean): void;
  /** The writer takes the picture out. */
  removed(): void;
  /** Something is to be seen here. */
  shown(): void;
}

/** Takes the item's picture, chosen, dropped or pasted anywhere on the page, and sends it until the server keeps it or says why not. */
export class PictureField {
  readonly element = make('div', { className: 'desk-picture' });
  private readonly input = make('input', { type: 'file', accept: TYPES.join(','), hidden: true });
  private readonly choose = button(texts.choose, () => { this.input.click(); });
  private readonly remove = button(texts.remove, () => { this.tells.removed(); }, 'desk-quiet');
  private readonly stop = button(texts.stop, () => { this.giveUp(); }, 'desk-quiet');
  private readonly again = button(texts.tryNow, () => { this.goOn?.(); }, 'desk-quiet');
  private readonly thumbnail = make('img', { className: 'desk-thumbnail', alt: texts.thumbnail, hidden: true });
  private readonly progress = make('progress', { max: 1, value: 0, hidden: true, ariaLabel: texts.progress });
  private readonly status = make('p', { className: 'desk-hint' });
  private isDisabled = false;
  private sending: AbortController | undefined;
  private goOn: (() => void) | undefined;

  /** `feed`: where it goes. `limit`: the most bytes that the server takes. */
  constructor(private readonly feed: () => string, private readonly limit: number, private readonly tells: PictureTells) {
    this.status.setAttribute('role', 'status');
    this.input.addEventListener('change', () => {
      const [file] = this.input.files ?? [];
      // The same file can be chosen again.
      this.input.value = '';
      if (file) void this.take(file, true);
    });
    this.element.append(this.thumbnail, this.progress, this.status,
      make('div', { className: 'desk-row-actions' }, this.choose, this.remove, this.again, this.stop, this.input),
      make('p', { className: 'desk-hint desk-keyboard', textContent: texts.dropHint }));
    catchPictures((file) => void this.take(file, false));
    this.look(undefined);
  }

  /** True while a picture is on its way. */
  get isSending(): boolean {
    return this.sending !== undefined;
  }

  set disabled(disabled: boolean) {
    this.isDisabled = disabled;
    for (const control of [this.choose, this.remove]) control.disabled = disabled;
  }

  /** The form holds another item: a picture that is on its way to the one before is given up. */
  begin(): void {
    this.sending?.abort();
    this.rest();
    this.say('');
  }

  /** Sends a picture until it is known what becomes of it. */
  async take(file: File, focus: boolean): Promise<void> {
    this.sending?.abort();
    this.rest();
    this.tells.shown();
    // Typing goes on where it was.
    this.element.scrollIntoView({ block: 'nearest' });
    if (this.isDisabled) this.say(texts.wait, true);
    else if (file.size > this.limit) this.say(say(texts.tooLarge, { size: megabytes(file.size), limit: megabytes(this.limit) }), true);
    else {
      const kept = await this.send(file);
      if (!kept) return;
      this.tells.kept(kept, focus);
      this.say(texts.there);
    }
  }

  private async send(file: File): Promise<KeptPicture | undefined> {
    const sending = new AbortController();
    this.sending = sending;
    const retry = new Retry(Math.random, { first: 2_000, longest: 30_000, stable: 0 });
    while (!sending.signal.aborted) {
      this.progress.hidden = this.stop.hidden = false;
      this.again.hidden = true;
      this.say(texts.sending);
      const answer = await upload(this.feed(), file, (part) => { this.progress.value = part; }, sending.signal);
      if (answer.kind === 'away') {
        this.say(sentence(texts.trying, { why: told(answer.why) }), true);
        await this.pause(Math.max(1_000, retry.next()));
        continue;
      }
      this.rest();
      if (answer.kind === 'kept') return answer.picture;
      this.say(sentence(texts.notTaken, { why: told(answer.why) }), true);
      return undefined;
    }
    return undefined;
  }

  /** Until it is time, the writer wants it now, or doesn't want it at all. */
  private async pause(milliseconds: number): Promise<void> {
    this.again.hidden = false;
    await new Promise<void>((resolve) => {
      this.goOn = resolve;
      setTimeout(resolve, milliseconds);
    });
  }

  private giveUp(): void {
    this.sending?.abort();
    this.rest();
    this.say(texts.notSent);
    this.choose.focus();
  }

  private rest(): void {
    this.sending = undefined;
    this.goOn?.();
    this.goOn = undefined;
    this.progress.value = 0;
    for (const part of [this.progress, this.stop, this.again]) part.hidden = true;
  }

  /** Shows which picture it is, when the server keeps it itself; true then. */
  look(picture: Picture | undefined): boolean {
    const isOurs = picture !== undefined && /\/pictures\/[0-9a-f]{32}\/\d+$/.test(picture.url);
    this.thumbnail.hidden = !isOurs;
    if (isOurs) this.thumbnail.src = picture.url.replace(/\d+$/, (width) => String(Math.min(NARROWEST, Number(width))));
    else this.thumbnail.removeAttribute('src');
    this.remove.hidden = picture === undefined || picture.url === '';
    this.choose.textContent = this.remove.hidden ? texts.choose : texts.chooseAnother;
    return isOurs;
  }

  private say(text: string | Node, isTrouble = false): void {
    this.status.dataset['tone'] = isTrouble ? 'bad' : 'good';
    this.status.replaceChildren(text);
  }
}

function megabytes(bytes: number): string {
  return (bytes / 1024 / 1024).toLocaleString(locale, { maximumFractionDigits: 1 });
}
