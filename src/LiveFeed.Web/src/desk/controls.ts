import { make } from '../dom.js';
import type { Entry, FieldName, Fields, Picture, Source } from './entry.js';
import { KindChoice } from './kind-choice.js';
import { PictureField } from './picture/picture-field.js';
import type { KeptPicture } from './picture/upload.js';
import { TextField } from './text/text-field.js';
import { told, type Why, words } from './words.js';

type Input = HTMLInputElement | HTMLSelectElement;
type Control = Input | TextField;

const { fields: labels } = words;

/** The controls of the form, one for each thing that can be said of an entry, and the way between them and its fields. */
export class Controls {
  readonly element = make('div', { className: 'desk-fields' });
  readonly headline: HTMLInputElement;
  readonly kind = new KindChoice();
  readonly picturing: PictureField;
  private readonly body = new TextField('field-body');
  private readonly controls = new Map<string, Control>();
  /** The image's size isn't in the form; it must survive an edit. */
  private picture: Picture | undefined;

  /** `feed`: where pictures are sent. `pictureLimit`: the most bytes that the server takes of one. */
  constructor(feed: () => string, pictureLimit: number) {
    this.picturing = new PictureField(feed, pictureLimit, {
      kept: (picture, focus) => { this.takePicture(picture, focus); },
      removed: () => { this.takePicture(undefined, true); },
      shown: () => { this.openAround(this.picturing.element); },
    });
    this.headline = make('input', { type: 'text', maxLength: 300, dir: 'auto', autocomplete: 'off' });
    this.add(this.element, 'headline', labels.headline, this.headline);
    this.controls.set('body', this.body);
    this.element.append(this.kind.element, this.body.element);
    const place = address();
    place.addEventListener('input', () => { this.showPicture(this.readPicture()); });
    const picture = this.group(
      labels.image,
      ['image.url', labels.address, place],
      ['image.alt', labels.alt, make('input', { type: 'text', maxLength: 2000, dir: 'auto' })],
      ['image.caption', labels.caption, make('input', { type: 'text', maxLength: 2000, dir: 'auto' })],
      ['image.credit', labels.credit, make('input', { type: 'text', maxLength: 200, dir: 'auto' })],
    );
    picture.querySelector('summary')?.after(this.picturing.element);
    this.add(this.element, 'byline', labels.byline, make('input', { type: 'text', maxLength: 200, dir: 'auto' }));
    this.add(this.element, 'tags', labels.tagsWithCommas, make('input', { type: 'text', dir: 'auto', autocapitalize: 'none' }));
    this.add(this.element, 'link', labels.linkToReadOn, address());
    this.group(labels.source, ['source.name', labels.name, make('input', { type: 'text', maxLength: 200, dir: 'auto' })], ['source.url', labels.address, address()]);
    const flags = make('div', { className: 'desk-flags' });
    this.add(flags, 'pinned', labels.pin, make('input', { type: 'checkbox' }));
    this.add(flags, 'keyEvent', labels.keyEvent, make('input', { type: 'checkbox' }));
    this.element.append(flags);
  }

  read(): Fields {
    return {
      kind: this.kind.value,
      headline: this.text('headline'),
      body: this.text('body'),
      byline: this.text('byline'),
      source: this.readSource(),
      image: this.readPicture(),
      link: this.text('link'),
      tags: this.readTags(),
      pinned: this.checkbox('pinned').checked,
      keyEvent: this.checkbox('keyEvent').checked,
    };
  }

  fill(fields: Fields): void {
    this.picture = fields.image;
    this.kind.value = fields.kind ?? 'update';
    const texts: Record<string, string | undefined> = {
      headline: fields.headline, body: fields.body, byline: fields.byline, link: fields.link,
      tags: fields.tags?.join(', '), 'source.name': fields.source?.name, 'source.url': fields.source?.url,
      'image.url': fields.image?.url, 'image.alt': fields.image?.alt, 'image.caption': fields.image?.caption, 'image.credit': fields.image?.credit,
    };
    for (const [name, text] of Object.entries(texts)) this.control(name).value = text ?? '';
    this.checkbox('pinned').checked = fields.pinned === true;
    this.checkbox('keyEvent').checked = fields.keyEvent === true;
    this.picturing.begin();
    this.showPicture(fields.image);
    for (const details of this.element.querySelectorAll('details')) {
      details.open = [...details.querySelectorAll('input')].some((input) => input.value !== '');
    }
  }

  /** As what the text is written. */
  set bodyFormat(format: Entry['bodyFormat']) {
    this.body.bodyFormat = format ?? 'markdown';
  }

  setDisabled(disabled: boolean): void {
    this.kind.disabled = disabled;
    this.picturing.disabled = disabled;
    for (const control of this.controls.values()) control.disabled = disabled;
  }

  /** Says what is wrong beside the field, and goes there. False when there is no such field. */
  showError(field: string, why: Why): boolean {
    const name = this.controls.has(field) ? field : [...this.controls.keys()].find((key) => key.startsWith(`${field}.`));
    const control = name === undefined ? undefined : this.controls.get(name);
    if (!control) return false;
    const note = make('p', { className: 'desk-error', id: `error-${field.replaceAll('.', '-')}` }, told(why));
    control.setAttribute('aria-invalid', 'true');
    control.setAttribute('aria-describedby', note.id);
    control.after(note);
    this.openAround(note);
    control.focus();
    return true;
  }

  clearErrors(): void {
    this.element.querySelectorAll('.desk-error').forEach((note) => { note.remove(); });
    for (const control of this.controls.values()) {
      control.removeAttribute('aria-invalid');
      control.removeAttribute('aria-describedby');
    }
  }

  /** What was said of one picture isn't said of the next. */
  private takePicture(picture: KeptPicture | undefined, focus: boolean): void {
    if (this.text('image.url') !== undefined) for (const name of ['image.alt', 'image.caption', 'image.credit']) this.control(name).value = '';
    this.picture = picture;
    this.control('image.url').value = picture?.url ?? '';
    this.showPicture(picture);
    if (focus) this.control(picture ? 'image.alt' : 'headline').focus();
    this.element.dispatchEvent(new Event('input', { bubbles: true }));
  }

  private showPicture(picture: Picture | undefined): void {
    const isOurs = this.picturing.look(picture);
    this.control('image.alt').setAttribute('aria-required', String(isOurs));
  }

  private openAround(inner: HTMLElement): void {
    const details = inner.closest('details');
    if (details) details.open = true;
  }

  private add(to: HTMLElement, name: string, label: string, control: Input): void {
    control.id = `field-${name.replace('.', '-')}`;
    control.name = name;
    this.controls.set(name, control);
    const text = make('label', { htmlFor: control.id, textContent: label });
    const isCheckbox = control.type === 'checkbox';
    to.append(make('div', { className: isCheckbox ? 'desk-check' : 'desk-field' }, ...(isCheckbox ? [control, text] : [text, control])));
  }

  private group(title: string, ...fields: readonly [name: string, label: string, control: Input][]): HTMLElement {
    const details = make('details', {}, make('summary', { textContent: title }));
    for (const field of fields) this.add(details, ...field);
    this.element.append(details);
    return details;
  }

  private control(name: string): Control {
    const control = this.controls.get(name);
    if (!control) throw new Error(`The form has no field ${name}.`);
    return control;
  }

  private checkbox(name: FieldName): HTMLInputElement {
    return this.control(name) as HTMLInputElement;
  }

  private text(name: string): string | undefined {
    const text = this.control(name).value.trim();
    return text === '' ? undefined : text;
  }

  private readSource(): Source | undefined {
    const name = this.text('source.name');
    const url = this.text('source.url');
    // An address without a name goes to the server as it is: it says which of the two is missing.
    return name === undefined && url === undefined ? undefined : { name: name ?? '', ...given({ url }) };
  }

  private readPicture(): Picture | undefined {
    const url = this.text('image.url');
    const words = given({ alt: this.text('image.alt'), caption: this.text('image.caption'), credit: this.text('image.credit') });
    if (url === undefined) return Object.keys(words).length === 0 ? undefined : { url: '', ...words };
    const size = url === this.picture?.url ? given({ width: this.picture.width, height: this.picture.height }) : {};
    return { url, ...words, ...size };
  }

  private readTags(): readonly string[] | undefined {
    // The commas of Arabic and of Chinese and Japanese part them too.
    const tags = (this.text('tags') ?? '').split(/[,،、，]/).map((tag) => tag.trim()).filter((tag) => tag !== '');
    return tags.length === 0 ? undefined : tags;
  }
}

function address(): HTMLInputElement {
  return make('input', { type: 'url', inputMode: 'url', placeholder: 'https://', dir: 'ltr', maxLength: 2000 });
}

/** Without what isn't there. */
function given<T extends object>(values: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: NonNullable<T[K]> };
}
