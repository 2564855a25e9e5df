import { isDeepStrictEqual } from 'util';
import { Document, parseAllDocuments, ParsedNode, visit } from 'yaml';

// What kubectl's reader (go-yaml) takes at all, and what not even in quotes.
const UNREADABLE = /[^\t\n\r\u0020-\u007e\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/u;

/** What is wrong with a file, for which readers; nothing if each of them finds the expected objects in it. */
export function misreadings(text: string, expected: readonly unknown[]): string[] {
  const modern = parseAllDocuments(text, { version: '1.2', schema: 'core' }) as Document.Parsed<ParsedNode>[];
  const old = parseAllDocuments(text, { version: '1.1' }) as Document.Parsed<ParsedNode>[];
  return [
    ...(sameObjects(modern, expected) ? [] : ['YAML 1.2 reads something else']),
    ...(sameObjects(old, expected) ? [] : ['YAML 1.1 reads something else']),
    ...(UNREADABLE.test(text) ? ['kubectl cannot read a character'] : []),
    ...old.flatMap(goTroubles),
  ];
}

/** Every text of the objects, keys included. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') { return [value]; }
  if (typeof value !== 'object' || value === null) { return []; }
  return Object.entries(value).flatMap(([key, inner]) => [key, ...textsIn(inner)]);
}

function sameObjects(documents: readonly Document.Parsed[], expected: readonly unknown[]): boolean {
  return documents.every(({ errors }) => errors.length === 0) && isDeepStrictEqual(documents.map(each => each.toJS() as unknown), expected);
}

// resolve() of go-yaml: with the underscores taken out, a number in any notation of Go is one; and a block of lines that
// begins with a tab is taken for indentation.
function goTroubles(document: Document.Parsed): string[] {
  const troubles: string[] = [];
  visit(document, { Scalar: (_key, { type, value }) => {
    if (typeof value !== 'string') { return; }
    if (type === 'PLAIN' && isGoNumber(value)) { troubles.push(`kubectl reads the number ${value}`); }
    if (type?.startsWith('BLOCK') === true && /^\n*\t/.test(value)) { troubles.push('kubectl stumbles over a tab'); }
  } });
  return troubles;
}

function isGoNumber(text: string): boolean {
  const plain = text.replace(/_/g, '').replace(/^[-+]/, '');
  return /^[-+.\d]/.test(text) && /^[.\d]/.test(plain) && !Number.isNaN(Number(plain));
}
