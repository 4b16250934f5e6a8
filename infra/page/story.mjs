import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const kinds = ['update', 'update', 'quote', 'update', 'fact', 'media', 'update', 'breaking', 'summary', 'update'];

/** An invented item, of another kind and length each. No such town, ferry or band exists. `pictures`: where pictures come from. */
export function item(number, pictures) {
  const kind = kinds[number % kinds.length];
  return {
    kind,
    headline: `${number}: the ferry is late, and so is the band`,
    body: 'The *Dainty Gertrude* will float off **Plum Bank** with the tide, says the harbour master, who has gone to look. '.repeat(1 + number % 4),
    byline: 'Minna Thistledown',
    tags: ['ferry', 'band'],
    keyEvent: kind === 'breaking',
    ...(kind === 'media' && { image: { url: `${pictures}/1000x667.png`, alt: 'A ferry on a sandbank', caption: 'The Dainty Gertrude', width: 1000, height: 667 } }),
  };
}

/** Publishes what a folder of real news items holds, as `livefeed import` does it. */
export function importStory(livefeed, newsroom, folder, pictures) {
  const copies = mkdtempSync(join(tmpdir(), 'livefeed-story-'));
  try {
    for (const file of [...filesOf(join(folder, 'liveblog')), ...filesOf(join(folder, 'ninjs'))]) {
      const copy = join(copies, 'items.json');
      writeFileSync(copy, withPicturesFrom(pictures, readFileSync(file, 'utf8')));
      const options = ['--feed', newsroom.feed, '--server', newsroom.server, '--key', newsroom.key];
      execFileSync('dotnet', [livefeed, 'import', copy, ...options], { stdio: ['ignore', 'ignore', 'inherit'] });
    }
  } finally {
    rmSync(copies, { recursive: true });
  }
}

function filesOf(folder) {
  return readdirSync(folder).filter((file) => file.endsWith('.json') && !file.includes('schema')).map((file) => join(folder, file));
}

/** The same items with pictures of the same sizes, which come from here. */
function withPicturesFrom(pictures, text) {
  const ours = (width = 1000, height = 667) => `${pictures}/${width}x${height}.png`;
  return JSON.stringify(JSON.parse(text, function (_, value) {
    if (typeof value !== 'string') return value;
    if (/^https?:[^\s"<]*\.(jpe?g|png)\b[^\s"<]*$/i.test(value)) return ours(this.width, this.height);
    return value.replace(/(<img[^>]* src=")[^"]*/g, `$1${ours()}`);
  }));
}
