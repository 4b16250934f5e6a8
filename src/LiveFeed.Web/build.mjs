// Builds the client into obj/client/assets. Each page's script is built alone, so that it stays the one file that its page
// names; what is only needed now and then (`import()`) becomes a chunk beside it.
import { readdirSync, readFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';

const outdir = 'obj/client/assets';
const languages = readdirSync('words').map((file) => file.replace('.json', ''));

const common = {
  bundle: true, minify: true, sourcemap: true, format: 'esm', target: 'es2022', charset: 'utf8', logLevel: 'warning', outdir,
  // All in one folder: a chunk that names another file beside it finds it.
  chunkNames: '[name]-[hash]',
  define: { LANGUAGES: JSON.stringify(languages) },
};

/**
 * The element is one per page: what other scripts need of it, they take from its file, and never from a copy.
 */
const oneElement = {
  name: 'one-element',
  setup: ({ onResolve }) => {
    onResolve({ filter: /\/live-feed\.js$/ }, () => ({ path: './live-feed.js', external: true }));
  },
};

await build({ ...common, entryPoints: ['src/live-feed.ts'], splitting: true });
await build({ ...common, entryPoints: ['src/page.ts'], splitting: true, plugins: [oneElement] });
await build({ ...common, entryPoints: ['src/desk.ts', 'src/live-feed.css', 'src/desk.css'] });

// A language's words for the browser: the sections that scripts use.
mkdirSync(`${outdir}/words`, { recursive: true });
for (const language of languages) {
  const { ticker, comforts } = JSON.parse(readFileSync(`words/${language}.json`, 'utf8'));
  writeFileSync(`${outdir}/words/${language}.js`, `export default ${JSON.stringify({ ticker, comforts })};\n`);
}
