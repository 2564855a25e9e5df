import { Problem, quote, under } from './problems';
import { checkText, sortedEntries, StringMap } from './strings';

/** Values with which a setting loses data or hides the loss. */
export interface UnsafeSetting {
  /** The values, in lower case. */
  readonly values: string[];
  /** What they do. */
  readonly effect: string;
}

/** What an engine lets its users set. */
export interface SettingRules {
  /** What the name of a setting looks like. */
  readonly name: RegExp;
  /** The same in words. */
  readonly nameInWords: string;
  /** Settings that the library owns, each with what to use instead. */
  readonly reserved: { readonly [name: string]: string };
  /** Settings that lose data, by the values that do so. */
  readonly unsafe: { readonly [name: string]: UnsafeSetting };
  /** Whether a value is one of the unsafe ones; servers differ in what they take for it. */
  readonly isUnsafe: (value: string, unsafe: string) => boolean;
  /** What this engine alone refuses. */
  readonly further: (name: string, value: string) => Problem[];
}

/** The same value to a server that reads words in any case, numbers in any spelling, and passes over blanks around them. */
export function sameWord(value: string, unsafe: string): boolean {
  const word = value.trim().toLowerCase();
  return word === unsafe || (word !== '' && Number(word) === Number(unsafe));
}

/** Refuses settings that are not the user's to set, that lose data, or that cannot be written in one line. */
export function checkOwnSettings(settings: StringMap, rules: SettingRules): Problem[] {
  return under('settings', sortedEntries(settings).flatMap(([name, value]) => checkSetting(name, value, rules)));
}

function checkSetting(name: string, value: string, rules: SettingRules): Problem[] {
  if (!rules.name.test(name) || name === '__proto__') { return [{ path: quote(name), got: 'this name', want: rules.nameInWords }]; }
  const remedy = Object.hasOwn(rules.reserved, name) ? rules.reserved[name] : undefined;
  if (remedy !== undefined) { return [{ path: name, got: quote(value), want: 'nothing: the library owns it', remedy }]; }
  const unsafe = Object.hasOwn(rules.unsafe, name) ? rules.unsafe[name] : undefined;
  if (unsafe?.values.some(each => rules.isUnsafe(value, each)) === true) {
    return [{ path: name, got: quote(value), want: `anything but ${unsafe.values.join(', ')}`, remedy: unsafe.effect }];
  }
  const further = rules.further(name, value);
  if (further.length > 0) { return further; }
  return /[\n\r]/.test(value) ? [{ path: name, got: quote(value), want: 'one line of text' }] : checkText(name, value);
}
