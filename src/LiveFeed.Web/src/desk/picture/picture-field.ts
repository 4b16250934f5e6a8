import { button, make } from '../../dom.js';
import { Retry } from '../../ticker/retry.js';
import type { Picture } from '../entry.js';
import { catchPictures, TYPES } from './catching.js';
import { type KeptPicture, upload } from './upload.js';

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
  private readonly choose = button('Choose a picture…', () => { this.input.click(); });
  private readonly remove = button('Remove the picture', () => { this.tells.removed(); }, 'desk-quiet');
  private readonly stop = button('Stop sending', () => { this.giveUp(); }, 'desk-quiet');
  private readonly again = button('Try now', () => { this.goOn?.(); }, 'desk-quiet');
  private readonly thumbnail = make('img', { className: 'desk-thumbnail', alt: 'The item\'s picture', hidden: true });
  private readonly progress = make('progress', { max: 1, value: 0, hidden: true, ariaLabel: 'Sending the picture' });
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
      make('p', { className: 'desk-hint desk-keyboard', textContent: 'Or drop it anywhere on this page, or paste it.' }));
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
    if (this.isDisabled) this.say('Wait until what you sent is live, then add the picture.', true);
    else if (file.size > this.limit) this.say(`The picture has ${megabytes(file.size)} MB; at most ${megabytes(this.limit)} are taken. Save it smaller, or as JPEG.`, true);
    else {
      const kept = await this.send(file);
      if (!kept) return;
      this.tells.kept(kept, focus);
      this.say('The picture is there. Describe it for those who can\'t see it.');
    }
  }

  private async send(file: File): Promise<KeptPicture | undefined> {
    const sending = new AbortController();
    this.sending = sending;
    const retry = new Retry(Math.random, { first: 2_000, longest: 30_000, stable: 0 });
    while (!sending.signal.aborted) {
      this.progress.hidden = this.stop.hidden = false;
      this.again.hidden = true;
      this.say('Sending the picture…');
      const answer = await upload(this.feed(), file, (part) => { this.progress.value = part; }, sending.signal);
      if (answer.kind === 'away') {
        this.say(`The picture isn't there yet, trying again. ${answer.why}`, true);
        await this.pause(Math.max(1_000, retry.next()));
        continue;
      }
      this.rest();
      if (answer.kind === 'kept') return answer.picture;
      this.say(`The picture was not taken. ${answer.why}`, true);
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
    this.say('The picture was not sent.');
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
    this.choose.textContent = this.remove.hidden ? 'Choose a picture…' : 'Choose another picture…';
    return isOurs;
  }

  private say(text: string, isTrouble = false): void {
    this.status.dataset['tone'] = isTrouble ? 'bad' : 'good';
    this.status.textContent = text;
  }
}

function megabytes(bytes: number): string {
  return (bytes / 1024 / 1024).toLocaleString(undefined, { maximumFractionDigits: 1 });
}
