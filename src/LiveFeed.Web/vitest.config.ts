import { readdirSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

// With LIVEFEED_RESULTS set to a folder, the results are written there as JUnit XML too, for whoever counts them.
const results = process.env['LIVEFEED_RESULTS'];

const deskLanguages = readdirSync('words/desk').map((file) => file.replace('.json', ''));

export default defineConfig({
  define: { DESK_LANGUAGES: JSON.stringify(deskLanguages) },
  test: {
    include: ['test/**/*.test.ts'],
    environment: 'happy-dom',
    // For what never ends. How long it takes on a busy machine is no reason to fail.
    testTimeout: 60_000,
    reporters: results === undefined ? ['default'] : ['default', ['junit', { outputFile: `${results}/web.junit.xml`, suiteName: 'LiveFeed.Web' }]],
  },
});
