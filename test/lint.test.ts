import { execFileSync } from 'child_process';
import * as path from 'path';

const ROOT = path.join(__dirname, '..');

/** What our own rules say of texts that are on no disk; without types, which such a text has not. */
const PROGRAM = `
  import { ESLint } from 'eslint';
  import { readFileSync } from 'node:fs';
  import tseslint from 'typescript-eslint';
  const eslint = new ESLint({ overrideConfig: [tseslint.configs.disableTypeChecked, { languageOptions: { parserOptions: { project: false } } }] });
  const found = [];
  for (const [filePath, text] of JSON.parse(readFileSync(0, 'utf8'))) {
    const [result] = await eslint.lintText(text, { filePath });
    found.push(result.messages.map(message => message.ruleId ?? message.message));
  }
  process.stdout.write(JSON.stringify(found));
`;

function lint(cases: readonly (readonly [file: string, text: string, ...rest: string[]])[]): string[][] {
  const input = JSON.stringify(cases.map(([file, text]) => [path.join(ROOT, file), text]));
  return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', PROGRAM], { cwd: ROOT, input, encoding: 'utf8' })) as string[][];
}

const lines = (count: number): string => 'export const A = [\n' + '  1,\n'.repeat(count - 2) + '];\n';
const body = (count: number): string => '  a();\n'.repeat(count);

const ENGINE = 'lib/engines/postgres/x.ts';
const TOPOLOGY = 'lib/topologies/x.ts';

const CASES: readonly (readonly [file: string, text: string, rule: string])[] = [
  [TOPOLOGY, lines(151), 'max-lines'],
  [TOPOLOGY, `export function f(a: () => void): void {\n${body(29)}}`, 'max-lines-per-function'],
  [TOPOLOGY, `export class A {\n  constructor(a: () => void) {\n${body(24)}  }\n}`, 'house/short-constructor'],
  [TOPOLOGY, 'export const a = (engine: { name: string }): boolean => engine.name === \'postgres\';', 'no-restricted-syntax'],
  [TOPOLOGY, 'export const a = (spec: { engine: { name: string } }): boolean => \'postgres\' !== spec.engine.name;', 'no-restricted-syntax'],
  [TOPOLOGY, 'export function f(engine: { name: string }): void { switch (engine.name) { default: } }', 'no-restricted-syntax'],
  [TOPOLOGY, 'export const a = Math.random();', 'no-restricted-syntax'],
  [TOPOLOGY, 'export const a = new Date();', 'no-restricted-syntax'],
  [TOPOLOGY, 'export const a = Date.now();', 'no-restricted-syntax'],
  [TOPOLOGY, 'export const a = \'I\'.toLocaleLowerCase();', 'no-restricted-syntax'],
  [TOPOLOGY, 'import * as fs from \'fs\'; export const a = fs;', 'no-restricted-imports'],
  [TOPOLOGY, 'import { lookup } from \'node:dns\'; export const a = lookup;', 'no-restricted-imports'],
  [TOPOLOGY, 'console.log(1);', 'no-console'],
  [ENGINE, 'export const a = process.env.HOME;', 'no-restricted-globals'],
  [ENGINE, 'export const a = (at: number): unknown => new Date(at);', 'no-restricted-globals'],
  ['test/x.test.ts', 'test.skip(\'a\', () => undefined);', 'no-restricted-syntax'],
  ['test/x.test.ts', 'describe.only(\'a\', () => undefined);', 'no-restricted-syntax'],
  ['test/x.test.ts', 'test.todo(\'a\');', 'no-restricted-syntax'],
  ['test/x.test.ts', 'xit(\'a\', () => undefined);', 'no-restricted-syntax'],
  ['test/x.test.ts', 'test(\'a\', () => { expect(1).toBeDefined; });', '@typescript-eslint/no-unused-expressions'],
];

const FINE: readonly (readonly [file: string, text: string])[] = [
  [TOPOLOGY, lines(150)],
  [TOPOLOGY, `export function f(a: () => void): void {\n${body(28)}}`],
  [TOPOLOGY, `export class A {\n  constructor(a: () => void) {\n${body(23)}  }\n}`],
  [TOPOLOGY, 'export const a = (engine: { name: string }): string => engine.name;'],
  [TOPOLOGY, 'export const a = new Date(\'2026-11-20T10:00:00Z\');'],
  ['lib/core/scripts.ts', 'import * as fs from \'fs\'; export const a = fs;'],
  ['test/x.test.ts', 'test.each([1])(\'a\', () => { expect(1).toBe(1); });'],
];

const found = lint([...CASES, ...FINE]);

test.each(CASES.map(([file, text, rule], index) => [rule, file, text.split('\n')[0] ?? '', index] as const))('%s is seen in %s: %s', (rule, _file, _text, index) => {
  expect(found[index]).toContain(rule);
});

test('what is just within the rules is left alone', () => {
  expect(found.slice(CASES.length)).toEqual(FINE.map(() => []));
});
