// Builds the client into obj/client/assets. Each page's script is built alone, so that it stays the one file that its page
// names; what is only needed now and then (`import()`) becomes a chunk beside it.
import { readdirSync, readFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { build } from 'esbuild';

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
await build({ ...common, entryPoints: ['src/desk.ts', 'src/account.ts', 'src/live-feed.css', 'src/desk.css', 'src/account.css'] });

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
