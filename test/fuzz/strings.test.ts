import * as fc from 'fast-check';
import type { IConstruct } from 'constructs';
import { Yaml } from 'cdk8s';
import { Refusal } from '../../lib';
import { database, objects, Rendered, yamlOf } from '../rendering';
import { FIELDS } from './fields';
import { misreadings, textsIn } from './readers';

// The scripts are 60 KB of the same text in every file; here it is the rest that matters.
jest.mock('../../lib/core/scripts', () => ({ readScripts: () => ({ 'start.sh': '#!/bin/sh\n' }), sharedScripts: () => ({}) }));

const HOSTILE = [
  '', ' ', ' a', 'a ', 'a\n', '\n', '\n\n', ' \n', '\na', 'a\nb', 'a\n\n', 'a\r\nb', '\r', '\t', '\ta', 'a\tb', '\ta\nb', 'a\n\tb', '\n\ta', '  a\n b',
  '---', '---\n', 'a\n---\nkind: Secret\n', '...', '--- a', '%YAML 1.1', '#', '# a', 'a # b', 'a #b', 'a: b', 'a:', ': a', '- a', '-', '?', '? a', '!', '!!int 1', '&a', '*a', '|', '>', '|-\n a',
  '%', '@', '`', '{', '}', '{}', '{a: b}', '[', ']', '[]', ',', '"', '""', '\'', '\'\'', '\\', '\\n', '"a', 'a"', 'a\'b', '\u00a0', '\u200b',
  '$(VAR)', '$$(VAR)', '$', '$$', '${VAR}', '$(id)', '`id`', '; id', '{{ .Values.a }}', '<%= a %>', '../..', '/',
  '\0', '\u0001', '\u0007', '\u001b[31m', '\u007f', '\u0080', '\u0085', 'a\u0085b', '\u009f', '\u2028', '\u2029', 'a\u2028b', '\ufeff', '\ufeffa', '\ufffe', '\uffff', '\ud800', '\udc00', 'a\ud800b',
  '\udfff\ud800', '😀', 'e\u0301', '\u202e', 'ﬁ', 'İ', '日本',
  'yes', 'Yes', 'no', 'NO', 'on', 'off', 'y', 'N', 'true', 'True', 'FALSE', 'null', 'Null', 'NULL', '~', '=', '<<', '.inf', '-.Inf', '+.INF', '.nan', '.NaN', 'Infinity', 'NaN', 'undefined',
  '0', '-0', '1', '+1', '1.0', '1.', '.5', '1e3', '1E+3', '1_000', '_1', '+_1', '1_', '1e_5', '1e5_', '0x1F', '0X1F', '0x_f', '0_x1', '0o755', '0O7', '0o_7', '-0o7', '0755', '08', '0b11', '0B11', '0b_1',
  '1:30', '1:30:45', '190:20:30.15', '2001-12-14', '2001-12-14T21:59:43.10-05:00', '12e03', '685_230.15', '9'.repeat(400), 'a'.repeat(300), 'a b '.repeat(5000), 'a\n'.repeat(5000), 'x'.repeat(300_000),
  '__proto__', 'constructor', 'toString', 'hasOwnProperty', 'a.b', 'a/b', 'example.com/a', 'A', 'orders', 'pg_monitor', '10.0.0.0/8', '::/0', 'postgres:17.5', '17', '1.31',
];

interface Outcome { readonly refused: boolean; readonly faults: string[] }

// Most objects of most cases are the same.
const known = new Map<string, string[]>();
function faultsOf(object: Rendered): string[] {
  const key = JSON.stringify(object);
  const faults = known.get(key) ?? misreadings(Yaml.stringify(object), [object]);
  known.set(key, faults);
  return faults;
}

/** Makes it, renders it, and reads it as others do. */
function outcomeOf(name: string, text: string): Outcome {
  const { make, whole, within } = FIELDS[name] as (typeof FIELDS)[string];
  let construct: IConstruct;
  try {
    construct = make(text);
  } catch (error) {
    if (Refusal.problemsOf(error).length === 0) { throw error; }
    return { refused: true, faults: [] };
  }
  const all = objects(construct);
  const texts = textsIn(all);
  const escaped = whole?.(text).replace(/\$/g, '$$$$');
  const lost = [
    ...(whole === undefined || texts.includes(whole(text)) || texts.includes(escaped ?? '') ? [] : ['it is nowhere']),
    ...(within === undefined || texts.some(each => each.includes(within(text))) ? [] : ['it is in no file']),
  ];
  return { refused: false, faults: [...lost, ...all.flatMap(faultsOf)] };
}

test('a file that its readers would misread is found', () => {
  const readAs = (value: string): string[] => misreadings(Yaml.stringify({ value }), [{ value }]);
  expect(readAs('harmless')).toEqual([]);
  expect(misreadings('value: yes\n', [{ value: 'yes' }])).toEqual(['YAML 1.1 reads something else']);
  expect(misreadings('value: 0o7\n', [{ value: '0o7' }])).toEqual(['YAML 1.2 reads something else', 'kubectl reads the number 0o7']);
  expect(misreadings('value: a\n---\nvalue: b\n', [{ value: 'a' }])).toEqual(['YAML 1.2 reads something else', 'YAML 1.1 reads something else']);
  expect([readAs('0X1F'), readAs('+_1'), readAs('\n\ta'), readAs('\u007f')]).toEqual([
    ['kubectl reads the number 0X1F'], ['kubectl reads the number +_1'], ['kubectl stumbles over a tab'], ['kubectl cannot read a character']]);
});

test('a file is its objects, one after the other', () => {
  const construct = database({ annotations: { a: '--- a\n---\nb: c\n' } });
  expect(yamlOf(construct)).toBe(objects(construct).map(each => Yaml.stringify(each)).join('---\n'));
  expect(misreadings(yamlOf(construct), objects(construct))).toEqual([]);
});

describe.each(Object.keys(FIELDS))('%s', name => {
  test('hostile text comes out as it went in, or is refused', () => {
    const outcomes = HOSTILE.map(text => [text, outcomeOf(name, text)] as const);
    expect(outcomes.flatMap(([text, { faults }]) => faults.map(fault => `${JSON.stringify(text.slice(0, 40))}: ${fault}`))).toEqual([]);
    expect(outcomes.some(([, { refused }]) => refused)).toBe(true);
    expect(outcomes.some(([, { refused }]) => !refused)).toBe(true);
  });

  test('any other text comes out as it went in, or is refused', () => {
    const texts = fc.oneof(fc.fullUnicodeString(), fc.stringOf(fc.constantFrom(...'019_xXoObBeE+-.:~<=yYnN /a\n\t"\'$#'), { maxLength: 8 }), fc.stringOf(fc.constantFrom(...'abcXYZ019-_.'), { maxLength: 8 }));
    fc.assert(fc.property(texts, text => {
      expect(outcomeOf(name, text).faults).toEqual([]);
    }), { seed: 1, numRuns: 100 });
  });
});
