import astro from 'eslint-plugin-astro';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const typed = ['**/*.{ts,tsx}'];
const tests = ['**/*.{test,spec}.{ts,tsx}'];

/** Where the strict accessibility rules know less than axe, which has the last word on the built pages. */
const accessibility = (plugin) => ({
  // Safari takes a list without bullets for no list unless its role says so.
  [`${plugin}/no-redundant-roles`]: ['error', { ul: ['list'], ol: ['list'], nav: ['navigation'] }],
  // A box that scrolls must be reachable with the keyboard.
  [`${plugin}/no-noninteractive-tabindex`]: 'off',
});

export default defineConfig(
  globalIgnores(['dist/', '.astro/', '.cache/', 'coverage/', 'playwright-report/', 'test-results/', 'content/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  { rules: { eqeqeq: 'error', 'max-lines': ['warn', { max: 300, skipBlankLines: true }] } },

  {
    files: typed,
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      // `{ lesson, ...rest }` is how a field is left out.
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // A number prints the same everywhere; the other types of a template keep their check.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // `onClick={() => run()}` is how handlers are written, and `return fail(error)` how a function ends early.
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      // `while (true)` with a return inside is the clearest form of a read loop.
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
    },
  },
  { files: ['**/*.{js,mjs,cjs}'], extends: [tseslint.configs.strict] },
  { files: ['**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },

  { files: ['**/*.tsx'], extends: [jsxA11y.flatConfigs.strict], rules: accessibility('jsx-a11y') },
  // Type information stops at the border of .astro files; `astro check` looks inside them. The parser comes after.
  { files: ['**/*.astro', '**/*.astro/*.ts'], extends: [tseslint.configs.strict, tseslint.configs.disableTypeChecked] },
  ...astro.configs.recommended,
  ...astro.configs['jsx-a11y-strict'],
  {
    files: ['**/*.astro'],
    rules: {
      ...accessibility('astro/jsx-a11y'),
      // The text of a label may come through a slot, which the rule cannot see.
      'astro/jsx-a11y/label-has-associated-control': 'off',
      // dependency-cruiser does not read .astro files; it says the same for all others.
      'no-restricted-imports': ['error', { patterns: ['msw', 'msw/*', 'monaco-editor', 'monaco-editor/*'] }],
    },
  },

  {
    files: tests,
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: 'MemberExpression[property.name="only"]', message: 'Remove .only: the other tests must run too.' },
      ],
    },
  },
  {
    files: ['**/{utils,helpers,common,misc}.*', '**/{utils,helpers,common,misc}/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: 'Program', message: 'Name the file after its one subject, not utils, helpers, common or misc.' },
      ],
    },
  },
);
