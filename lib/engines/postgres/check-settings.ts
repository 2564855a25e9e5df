import type { MemberRequest } from '../../core/member-request';
import { Problem, quote, under } from '../../core/problems';
import { bytes, mebibytes } from '../../core/quantity';
import { checkText, sortedEntries } from '../../core/strings';
import { RESERVED, UNSAFE } from './reserved';
import { effectiveSettings } from './settings';
import { BASE_MEBIBYTES, LEAST_MEMORY, MOST_MEMORY, PROCESS_MEBIBYTES, sharedMemory } from './sizing';

const UNITS: { readonly [unit: string]: number } = { 'B': 1 / 1024 / 1024, 'kB': 1 / 1024, 'MB': 1, 'GB': 1024, 'TB': 1024 * 1024 };

/** Refuses settings that are not the user's to set, that lose data, or that cannot be read. */
export function checkSettings(request: MemberRequest): Problem[] {
  const each = sortedEntries(request.settings).flatMap(([name, value]) => checkSetting(name, value));
  return under('settings', each);
}

/** Refuses a memory limit that is too small, and settings whose sum exceeds it. */
export function checkMemory(request: MemberRequest): Problem[] {
  if (!(bytes(request.memory) >= bytes(LEAST_MEMORY))) {
    return [{ path: 'resources.memory', got: request.memory.asString(), want: `at least ${LEAST_MEMORY.asString()}` }];
  }
  if (!(bytes(request.memory) <= bytes(MOST_MEMORY))) {
    return [{ path: 'resources.memory', got: request.memory.asString(), want: `at most ${MOST_MEMORY.asString()}` }];
  }
  const connections = request.connections;
  if (connections !== undefined && !(Number.isInteger(connections) && connections >= 5 && connections <= 10000)) {
    return [{ path: 'sizing.connections', got: `${connections}`, want: 'a whole number from 5 to 10000' }];
  }
  const sum = memorySum(request);
  const limit = mebibytes(request.memory);
  if (!(sum > limit)) { return []; }
  return [{ path: 'resources.memory', got: request.memory.asString(), want: `at least ${Math.ceil(sum)}Mi, the sum of what the settings may use`,
    remedy: 'give it more memory, or fewer `sizing.connections` (a pooler helps), or lower work_mem, maintenance_work_mem or shared_buffers' }];
}

/** What the server may use in the worst case, in mebibytes. */
export function memorySum(request: MemberRequest): number {
  const settings = effectiveSettings(request);
  const size = (name: string, unit: string): number => mebibytesOf(settings[name] as string, unit);
  const count = (name: string, fallback: number): number => Number(settings[name] ?? fallback);
  const processes = count('max_connections', 0) + count('max_parallel_workers', 0);
  const session = size('work_mem', 'kB') * count('hash_mem_multiplier', 2);
  const vacuum = settings.autovacuum_work_mem === undefined || settings.autovacuum_work_mem === '-1'
    ? size('maintenance_work_mem', 'kB') : size('autovacuum_work_mem', 'kB');
  return sharedMemory(size('shared_buffers', '8kB')) + BASE_MEBIBYTES
    + processes * (PROCESS_MEBIBYTES + session)
    + size('maintenance_work_mem', 'kB') + vacuum * count('autovacuum_max_workers', 3);
}

/** A size as postgresql.conf has it, in mebibytes; without a unit it counts in the setting's own. */
export function mebibytesOf(value: string, ownUnit: string): number {
  const match = /^\s*(\d+(?:\.\d+)?)\s*(B|kB|MB|GB|TB)?\s*$/.exec(value);
  if (match === null) { return Number.NaN; }
  const own = ownUnit === '8kB' ? 8 / 1024 : UNITS[ownUnit] as number;
  return Number(match[1]) * (match[2] === undefined ? own : UNITS[match[2]] as number);
}

const SIZES = ['autovacuum_work_mem', 'maintenance_work_mem', 'shared_buffers', 'work_mem'];
const COUNTS = ['autovacuum_max_workers', 'max_parallel_workers'];

function checkSetting(name: string, value: string): Problem[] {
  if (!/^[a-z_][a-z0-9_]*(?:\.[a-z_][a-z0-9_$]*)?$/.test(name) || name === '__proto__') {
    return [{ path: quote(name), got: 'this name', want: 'the name of a setting in lower case, or extension.setting' }];
  }
  const remedy = Object.hasOwn(RESERVED, name) ? RESERVED[name] : undefined;
  if (remedy !== undefined) { return [{ path: name, got: quote(value), want: 'nothing: the library owns it', remedy }]; }
  const unsafe = Object.hasOwn(UNSAFE, name) ? UNSAFE[name] : undefined;
  // The server takes the beginning of a word for the word: `f` is off.
  if (unsafe?.values.some(each => each.startsWith(value.toLowerCase())) === true) {
    return [{ path: name, got: quote(value), want: `anything but ${unsafe.values.join(', ')}`, remedy: unsafe.effect }];
  }
  if (SIZES.includes(name) && !(value === '-1' && name === 'autovacuum_work_mem') && Number.isNaN(mebibytesOf(value, 'kB'))) {
    return [{ path: name, got: quote(value), want: 'a size such as "64MB"' }];
  }
  if (COUNTS.includes(name) && !/^\d{1,5}$/.test(value)) { return [{ path: name, got: quote(value), want: 'a whole number' }]; }
  return /[\n\r]/.test(value) ? [{ path: name, got: quote(value), want: 'one line of text' }] : checkText(name, value);
}
