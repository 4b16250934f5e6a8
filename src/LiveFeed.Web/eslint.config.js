import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

export default defineConfig(
  { ignores: ['obj/', 'bin/', 'node_modules/'] },
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: ['eslint.config.js', 'build.mjs'] }, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      // The server's own sanitised HTML is parsed in one place, entry-html.ts; everything else is text.
      'no-restricted-properties': ['error', ...[{ property: 'outerHTML' }, { property: 'insertAdjacentHTML' }, { object: 'document', property: 'write' }]],
      'no-restricted-syntax': ['error', { selector: "MemberExpression[property.name='innerHTML']", message: 'Use textContent; only entry-html.ts parses HTML.' }],
      '@typescript-eslint/dot-notation': 'off',
    },
  },
  { files: ['build.mjs'], extends: [tseslint.configs.disableTypeChecked] },
  { files: ['src/ticker/entry-html.ts', 'test/**'], rules: { 'no-restricted-syntax': 'off' } },
);
