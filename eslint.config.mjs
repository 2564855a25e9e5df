import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

// What an engine may not touch: the same request gives the same plan, everywhere and always.
const AMBIENT = ['process', 'Date', 'performance', 'crypto', 'fetch', 'setTimeout', 'setInterval'];
const DISK_AND_NETWORK = [
  'fs', 'fs/promises', 'child_process', 'os', 'net', 'dns', 'http', 'https', 'worker_threads', 'vm', 'process',
].flatMap(name => [name, `node:${name}`]);

const ENGINE_NAME = ':matches(MemberExpression[property.name="name"][object.name="engine"], '
  + 'MemberExpression[property.name="name"][object.property.name="engine"])';
const BY_ENGINE_NAME = {
  message: 'Never branch on an engine\'s name: ask the engine, or demand the interface that it must implement.',
};

const noBranchOnEngine = [
  { selector: `BinaryExpression[operator=/^[!=]==?$/] > ${ENGINE_NAME}`, ...BY_ENGINE_NAME },
  { selector: `SwitchStatement > ${ENGINE_NAME}.discriminant`, ...BY_ENGINE_NAME },
];
const noRandomness = [
  { selector: 'MemberExpression[object.name="Math"][property.name="random"]', message: 'The same program renders the same bytes.' },
  { selector: 'NewExpression[callee.name="Date"][arguments.length=0], MemberExpression[object.name="Date"][property.name="now"]',
    message: 'The same program renders the same bytes, today and tomorrow.' },
  { selector: 'CallExpression[callee.property.name=/^toLocale/], CallExpression[callee.property.name="localeCompare"]',
    message: 'The same program renders the same bytes, in Turkey too.' },
];
const noSleepingTest = [
  { selector: 'MemberExpression[object.name=/^(test|it|describe)$/][property.name=/^(skip|only|todo|failing)$/]',
    message: 'A test runs or does not exist.' },
  { selector: 'CallExpression[callee.name=/^(xit|xtest|xdescribe|fit|fdescribe)$/]', message: 'A test runs or does not exist.' },
];

const house = {
  rules: {
    // A constructor is a table of contents.
    'short-constructor': {
      meta: { type: 'suggestion', schema: [{ type: 'integer' }] },
      create: context => ({
        'MethodDefinition[kind="constructor"]'(node) {
          const lines = node.loc.end.line - node.loc.start.line + 1;
          const [most] = context.options;
          if (lines > most) { context.report({ node, message: `A constructor of ${lines} lines; at most ${most}.` }); }
        },
      }),
    },
  },
};

export default tseslint.config(
  {
    ignores: ['imports/', 'dist/', 'manifests/', 'coverage/', '.test-results/', '**/node_modules/', '**/*.js', '**/*.mjs', '**/*.d.ts'],
  },
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
  },
  eslint.configs.recommended,
  tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-unused-expressions': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      // Its advice does not always compile.
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      'eqeqeq': 'error',
      'no-sequences': 'error',
      'prefer-const': 'error',
    },
  },
  {
    files: ['lib/**/*.ts'],
    plugins: { house },
    rules: {
      'max-lines': ['error', { max: 150, skipComments: true, skipBlankLines: true }],
      'max-lines-per-function': ['error', { max: 30, skipComments: true, skipBlankLines: true }],
      'house/short-constructor': ['error', 25],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/prefer-readonly': 'error',
      '@typescript-eslint/no-base-to-string': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      'no-console': 'error',
      'no-restricted-imports': ['error', ...DISK_AND_NETWORK],
      'no-restricted-syntax': ['error', ...noBranchOnEngine, ...noRandomness],
    },
  },
  {
    // The only file that reads the disk.
    files: ['lib/core/scripts.ts'],
    rules: { 'no-restricted-imports': 'off' },
  },
  {
    files: ['lib/engines/**/*.ts'],
    rules: { 'no-restricted-globals': ['error', ...AMBIENT] },
  },
  {
    // Tests and tools break manifests on purpose and replace methods of others.
    files: ['test/**/*.ts', 'tools/**/*.ts'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    files: ['test/**/*.test.ts'],
    rules: { 'no-restricted-syntax': ['error', ...noSleepingTest] },
  },
);
