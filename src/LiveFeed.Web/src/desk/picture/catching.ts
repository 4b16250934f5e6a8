/** What the server takes, by the names that browsers have for it. Asked for these, a telephone makes a JPEG of its own format. */
export const TYPES = ['image/jpeg', 'image/png', 'image/webp', 'image/gif'] as const;

const DROPPING = 'desk-dropping';

/** Takes the picture that is dropped or pasted anywhere on the page, before the text's editor, or the browser, makes something else of it. */
export function catchPictures(take: (file: File) => void): void {
  const reach = (event: Event, file: File | undefined): void => {
    document.body.classList.remove(DROPPING);
    // A sheet in front of the form asks for something else.
    if (!file || document.querySelector('dialog[open]')) return;
    event.preventDefault();
    event.stopPropagation();
    take(file);
  };
  document.addEventListener('paste', (event) => { reach(event, pasted(event.clipboardData)); }, true);
  document.addEventListener('drop', (event) => { reach(event, event.dataTransfer?.files[0]); }, true);
  document.addEventListener('dragover', (event) => {
    if (!hasFiles(event.dataTransfer)) return;
    event.preventDefault();
    document.body.classList.add(DROPPING);
  }, true);
  document.addEventListener('dragleave', ({ relatedTarget }) => { if (!relatedTarget) document.body.classList.remove(DROPPING); });
}

/** The picture that is pasted; undefined when a text is. A word processor adds a picture of the words that are copied from it: they are meant, not it. */
function pasted(data: DataTransfer | null): File | undefined {
  const picture = [...data?.files ?? []].find(({ type }) => type.startsWith('image/'));
  return data?.getData('text/plain') === '' ? picture : undefined;
}

/** Whether files are dragged. */
function hasFiles(data: DataTransfer | null): boolean {
  return data?.types.includes('Files') === true;
}
