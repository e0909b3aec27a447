import rxjsX from 'eslint-plugin-rxjs-x';
import tseslint from 'typescript-eslint';

const NODE_GLOBALS = [
  'Buffer',
  'process',
  'global',
  'require',
  'module',
  '__dirname',
  '__filename',
  'setImmediate',
];

export default tseslint.config(
  { ignores: ['**/dist/**', 'docs/**', '**/*.config.*', '**/*.cjs', 'packages/*/src/generated/**'] },
  {
    files: ['packages/*/src/**/*.ts', 'examples/*/src/**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked, rxjsX.configs.strict],
    rules: {
      // tsc's noUnusedLocals does this better: it counts {@link} as a use.
      '@typescript-eslint/no-unused-vars': 'off',
      // Numbers read well in messages.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // An aborted call rejects with `signal.reason`, whatever it is: that is its contract. Literals are still refused.
      '@typescript-eslint/prefer-promise-reject-errors': [
        'error',
        { allowThrowingAny: true, allowThrowingUnknown: true },
      ],
      // What a merge leaves behind, and tsc lets pass.
      'no-duplicate-case': 'error',
      'no-dupe-else-if': 'error',
      'no-fallthrough': 'error',
      'no-constant-binary-expression': 'error',
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Name what you export.' },
        { selector: 'ExportAllDeclaration', message: 'Name what you export again.' },
      ],
    },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
  },
  {
    // These run in a browser too; tsc alone lets them through where a dependency brings the types of Node.
    files: ['packages/*/src/**/*.ts'],
    ignores: ['packages/*/src/node/**', 'packages/cli/**'],
    rules: {
      'no-restricted-globals': ['error', ...NODE_GLOBALS],
      'no-console': 'error',
    },
  },
);
