import { declaration, Scope } from '../../tools/imports/declarations';
import { Schema } from '../../tools/imports/schema';
import { docComment } from '../../tools/imports/text';

const KEEP = { 'x-kubernetes-preserve-unknown-fields': true };
const scope: Scope = { refer: ref => ref, declare: name => name };

/** The type that the generator gives to one member. */
function typeOf(schema: Schema): string {
  const [, type = ''] = /readonly it\?: ([^]*);\n}/.exec(declaration('T', { properties: { it: schema } }, scope)) ?? [];
  return type;
}

describe('a member', () => {
  test('is required only where the schema requires it and gives no default', () => {
    const schema: Schema = {
      properties: { needed: { type: 'string' }, spare: { type: 'string' }, filled: { type: 'string', default: 'x' } },
      required: ['needed', 'filled'],
    };
    expect(declaration('T', schema, scope)).toBe([
      'export interface T {', '  readonly filled?: string;', '  readonly needed: string;',
      '  readonly spare?: string;', '}', '',
    ].join('\n'));
  });

  test('is quoted where its name is no identifier, and not where it is a reserved word', () => {
    const names = ['-Xms', '$ref', 'default', 'enum', "it's", 'a_1', '1a'];
    const schema = { properties: Object.fromEntries(names.map(name => [name, { type: 'string' }])) };
    const written = declaration('T', schema, scope).split('\n').slice(1, -2).map(line => line.split(/ |\?:/)[3]);
    expect(written).toEqual(['$ref', "'-Xms'", "'1a'", 'a_1', 'default', 'enum', "'it\\'s'"]);
  });

  test.each<[string, Schema, string]>([
    ['text', { type: 'string' }, 'string'],
    ['a whole number', { type: 'integer' }, 'number'],
    ['a list', { type: 'array', items: { type: 'string' } }, 'readonly string[]'],
    ['a list of lists', { type: 'array', items: { type: 'array', items: { type: 'boolean' } } },
      'readonly (readonly boolean[])[]'],
    ['a list of choices', { type: 'array', items: { type: 'string', enum: ['a', 'b'] } }, "readonly ('a' | 'b')[]"],
    ['a list of maps or nothing', { type: 'array', items: { type: 'object', nullable: true, ...KEEP } },
      'readonly ({ readonly [key: string]: unknown } | null)[]'],
    ['a choice', { type: 'string', enum: ['', "it's"] }, "'' | 'it\\'s'"],
    ['a choice or nothing', { type: 'string', enum: ['a'], nullable: true }, "'a' | null"],
    ['a map', { type: 'object', additionalProperties: { type: 'string' } }, '{ readonly [key: string]: string }'],
    ['a number or text', { 'x-kubernetes-int-or-string': true }, 'number | string'],
    ['a number or text, by format', { type: 'string', format: 'int-or-string' }, 'number | string'],
    ['unknown fields', { type: 'object', ...KEEP }, '{ readonly [key: string]: unknown }'],
    ['any values', { type: 'object', additionalProperties: true }, '{ readonly [key: string]: unknown }'],
    ['unknown fields, not typed', KEEP, '{ readonly [key: string]: unknown }'],
    ['no known fields', { type: 'object' }, '{ readonly [key: string]: never }'],
    ['anything', {}, 'unknown'],
    ['an object', { type: 'object', properties: { a: {} } }, 'TIt'],
    ['a map of objects', { additionalProperties: { properties: { a: {} } } }, '{ readonly [key: string]: TIt }'],
  ])('of %s has its type', (_, schema, type) => expect(typeOf(schema)).toBe(type));

  test('of a choice too long for one line has one alternative per line', () => {
    const long = ['a'.repeat(60), 'b'.repeat(60)];
    expect(typeOf({ type: 'string', enum: long })).toBe(`\n    | '${long[0]}'\n    | '${long[1]}'`);
  });

  test('below preserved unknown fields keeps them, until a schema names its own', () => {
    const nested: Schema[] = [];
    const object = { type: 'object' };
    const own = { ...object, properties: { a: object } };
    const properties = { it: object, list: { type: 'array', items: object, ...KEEP }, own };
    const text = declaration('T', { ...KEEP, properties }, { ...scope, declare: (name, schema) => {
      nested.push(schema);
      return name;
    } });
    expect(text).toBe(['export interface T {', '  readonly [key: string]: unknown;',
      '  readonly it?: { readonly [key: string]: unknown };',
      '  readonly list?: readonly { readonly [key: string]: unknown }[];',
      '  readonly own?: TOwn;', '}', ''].join('\n'));
    expect(nested).toEqual([own]);
  });
});

describe('a doc comment', () => {
  test('does not end where the description has an end mark', () => {
    expect(docComment('every */5 minutes', '')).toBe('/** every *\\/5 minutes */\n');
  });

  test('keeps paragraphs and breaks long lines', () => {
    const word = 'x'.repeat(60);
    expect(docComment(`${word} ${word}\n\nend `, '  '))
      .toBe(`  /**\n   * ${word}\n   * ${word}\n   *\n   * end\n   */\n`);
  });

  test('is left out where nothing is described, and stands before type and member where it is', () => {
    expect(docComment(undefined, '') + docComment(' \n', '')).toBe('');
    expect(declaration('T', { description: 'Whole.', properties: { a: { description: 'Part.' } } }, scope))
      .toBe('/** Whole. */\nexport interface T {\n  /** Part. */\n  readonly a?: unknown;\n}\n');
  });
});
