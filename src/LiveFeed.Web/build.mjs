// Builds the client into obj/client/assets. Each page's script is built alone, so that it stays the one file that its page
// names; what is only needed now and then (`import()`) becomes a chunk beside it.
import { readdirSync, readFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { build, transform } from 'esbuild';
import { minify } from 'terser';

const outdir = 'obj/client/assets';
const languages = languagesIn('words');
const deskLanguages = languagesIn('words/desk');

const common = {
  bundle: true, minify: true, sourcemap: true, format: 'esm', target: 'es2022', charset: 'utf8', logLevel: 'warning', outdir,
  external: ['./part-*'],
  define: { LANGUAGES: JSON.stringify(languages), DESK_LANGUAGES: JSON.stringify(deskLanguages) },
};

/** The languages that there are words in, one for each file. */
function languagesIn(folder) {
  return readdirSync(folder).filter((file) => file.endsWith('.json')).map((file) => file.replace('.json', ''));
}

/**
 * The element is one per page: what other scripts need of it, they take from its file, and never from a copy.
 */
const oneElement = {
  name: 'one-element',
  setup: ({ onResolve }) => {
    onResolve({ filter: /\/live-feed\.js$/ }, () => ({ path: './live-feed.js', external: true }));
  },
};

/**
 * What is loaded late is one file each, with all it needs: a few bytes twice are less than one more request, and than what dividing
 * costs in the file that every page loads; but what keeps a state had better be handed on than imported. `others`: the plugins that it is built with too.
 */
const lateAlone = (...others) => ({
  name: 'late-alone',
  setup: ({ onLoad }) => {
    onLoad({ filter: /\/src\/.*\.ts$/ }, async ({ path }) => {
      let contents = readFileSync(path, 'utf8');
      for (const [whole, late, part] of contents.matchAll(/(late\(\(\) => )?import\('(.+?)'\)/g)) {
        const file = await buildLate(join(dirname(path), part), [lateAlone(...others), ...others]);
        contents = contents.replace(whole, late ? `late((address) => import(address), './${file}'` : `import('./${file}')`);
      }
      return { contents, loader: 'ts' };
    });
  },
});

/** Builds a part that is loaded late; the name of its file. */
async function buildLate(path, plugins) {
  const { metafile } = await build({
    ...common, entryPoints: [path.replace(/\.js$/, '.ts')], entryNames: 'part-[name]-[hash]', metafile: true, plugins,
  });
  return basename(Object.keys(metafile.outputs).find((name) => name.endsWith('.js')));
}

await build({ ...common, entryPoints: ['src/live-feed.ts'], plugins: [lateAlone()] });
await build({ ...common, entryPoints: ['src/page.ts'], plugins: [oneElement, lateAlone(oneElement)] });
await build({ ...common, entryPoints: ['src/desk.ts', 'src/account.ts', 'src/live-feed.css', 'src/desk.css', 'src/account.css', 'src/embed-frame.css', 'src/developers.css'] });

/** The styles of the widget are a part of its one file. */
const styleText = {
  name: 'style-text',
  setup: ({ onLoad }) => {
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(readFileSync(path, 'utf8'), { loader: 'css', minify: true });
      return { contents: code.trim(), loader: 'text' };
    });
  },
};

// The widget of partner sites: one classic script with everything, at an address of its own, which leaves nothing on the page but the
// element. Its own names are shortened: whoever embeds it counts the bytes.
const { outputFiles: [widget] } = await build({
  ...common, entryPoints: ['src/embed.ts'], format: 'iife', minify: false, sourcemap: false, write: false, plugins: [styleText],
  define: { ...common.define, EMBED_WORDS: JSON.stringify(Object.fromEntries(languages.map((language) => [language, embedWords(language)]))) },
});
// What browsers call things stays as it is, and these: the fields of LiveFeed's JSON and of the hub protocol, what browsers have lately
// got, and what is looked up by a page's words.
const fields = [
  'id', 'feed', 'seq', 'revision', 'status', 'html', 'headline', 'tags', 'pinned', 'keyEvent', 'publishedAt', 'updatedAt', 'correction', 'note',
  'position', 'epoch', 'reset', 'entries', 'protocol', 'version', 'type', 'target', 'arguments', 'invocationId', 'result', 'error', 'allowReconnect',
  'trustedTypes', 'createPolicy', 'createHTML', 'full', 'compact', 'card', 'tape', ...languages,
];
const { code } = await minify(widget.text, { ecma: 2022, compress: { passes: 3, unsafe_arrows: true, hoist_funs: true }, mangle: { properties: { reserved: fields } } });
writeFileSync(`${outdir}/embed.js`, code);

function embedWords(language) {
  const { offline, withdrawn } = JSON.parse(readFileSync(`words/${language}.json`, 'utf8')).ticker;
  return { offline, withdrawn };
}

// A language's words for the browser: the sections that scripts use.
mkdirSync(`${outdir}/words/desk`, { recursive: true });
for (const language of languages) {
  const { ticker, comforts } = JSON.parse(readFileSync(`words/${language}.json`, 'utf8'));
  writeFileSync(`${outdir}/words/${language}.js`, `export default ${JSON.stringify({ ticker, comforts })};\n`);
}

// What the desk says; English is in its script.
for (const language of deskLanguages.filter((one) => one !== 'en')) {
  writeFileSync(`${outdir}/words/desk/${language}.js`, `export default ${JSON.stringify(JSON.parse(readFileSync(`words/desk/${language}.json`, 'utf8')))};\n`);
}
