import { Yaml } from 'cdk8s';
import { Problem, quote, under } from './problems';

/** A map of strings, as labels and settings are. */
export interface StringMap { readonly [key: string]: string }

// Characters that change on their way through a YAML reader, or make the whole file unreadable: kubectl's reader turns
// U+0085 into a space and refuses a file with U+007F, U+2028, U+2029, U+FEFF or half a surrogate pair.
// eslint-disable-next-line no-control-regex
const UNSAFE_CHARACTER = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/;
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

// What kubectl's reader takes for a number once the underscores are gone: more than YAML 1.1 does, 0o755, 0X1F and +_1 for
// example, which cdk8s therefore writes without quotes.
const NUMBER = /^[-+]?(?:0x[0-9a-f]+|0b[01]+|0o[0-7]+|(?:\.\d+|\d+(?:\.\d*)?)(?:e[-+]?\d+)?)$/i;

// Lines that no block of text can begin with: nothing but space, or a tab, which kubectl's reader takes for indentation.
const UNSAFE_LINES = /^(?:[ \t]*\n[ \t\n]*$|\n+\t|\t[^]*\n)/;

const LABEL_VALUE = /^(?:[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)?$/;
const KEY = /^(?:([^/]{1,253})\/)?[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;
const SUBDOMAIN = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
const SECRET_KEY = /^(?!\.\.)(?!\.$)[-._a-zA-Z0-9]{1,253}$/;

/** Any text: it has to come out of every YAML reader as it went in. */
export function checkText(path: string, value: string): Problem[] {
  if (UNSAFE_CHARACTER.test(value) || LONE_SURROGATE.test(value)) {
    return [{ path, got: quote(value), want: 'text without control characters, line separators or broken Unicode' }];
  }
  if (UNSAFE_LINES.test(value)) { return [{ path, got: quote(value), want: 'text in lines that begins with no tab and is not all space' }]; }
  return isMisread(value) ? [{ path, got: quote(value), want: 'text that every YAML reader takes for text, not for a number' }] : [];
}

/** Text in one line: names, settings, paths. */
export function checkLine(path: string, value: string): Problem[] {
  if (value === '') { return [{ path, got: '""', want: 'text that is not empty' }]; }
  return /[\n\r\t]/.test(value) ? [{ path, got: quote(value), want: 'one line of text' }] : checkText(path, value);
}

/** The name of an object that somebody else makes: a Secret, a StorageClass, a claim. At most 253 characters. */
export function checkObjectName(path: string, value: string): Problem[] {
  if (value.length > 253 || !SUBDOMAIN.test(value)) {
    return [{ path, got: quote(value), want: 'a Kubernetes object name: lower-case letters, digits, "-" and ".", at most 253' }];
  }
  return checkText(path, value);
}

/** A key of a Secret. */
export function checkSecretKey(path: string, value: string): Problem[] {
  return SECRET_KEY.test(value) ? checkText(path, value) : [{ path, got: quote(value), want: 'a key of a Secret: letters, digits, "-", "_" and "."' }];
}

/** Labels: keys with an optional DNS prefix, values of at most 63 characters. */
export function checkLabels(labels: StringMap, path: string): Problem[] {
  return under(path, sortedEntries(labels).flatMap(([key, value]) => [
    ...checkKey(key),
    ...(value.length <= 63 && LABEL_VALUE.test(value) ? checkText(key, value)
      : [{ path: key, got: quote(value), want: 'a label value: at most 63 letters, digits, "-", "_" and "."' }]),
  ]));
}

/** Annotations: keys as of labels, any text as value, 256 KiB in all. */
export function checkAnnotations(annotations: StringMap, path: string): Problem[] {
  const entries = sortedEntries(annotations);
  const bytes = entries.reduce((sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value), 0);
  const size = bytes > 256 * 1024 ? [{ path: '', got: `${bytes} bytes`, want: 'at most 262144 bytes of annotations' }] : [];
  return under(path, [...size, ...entries.flatMap(([key, value]) => [...checkKey(key), ...checkText(key, value)])]);
}

/** The entries in the order of their keys' code units, which is the same on every machine. */
export function sortedEntries(map: StringMap): [string, string][] {
  return Object.keys(map).sort().map(key => [key, map[key] as string]);
}

function isMisread(value: string): boolean {
  return /^[-+.\d]/.test(value) && NUMBER.test(value.replace(/_/g, '')) && !/^["']/.test(Yaml.stringify(value));
}

function checkKey(key: string): Problem[] {
  const prefix = KEY.exec(key)?.[1] ?? 'none';
  const valid = KEY.test(key) && SUBDOMAIN.test(prefix) && !isMisread(key);
  // cdk8s takes a map with such a key for an object of a class.
  if (key === 'constructor') { return [{ path: key, got: 'this key', want: 'another one: cdk8s cannot render it' }]; }
  return valid ? [] : [{ path: quote(key), got: 'this key', want: 'a Kubernetes label key: [prefix/]name' }];
}
