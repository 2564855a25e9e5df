import { Size } from 'cdk8s';
import type { MemberRequest } from '../../core/member-request';
import { Problem, quote, under } from '../../core/problems';
import { bytes, mebibytes } from '../../core/quantity';
import { checkText, sortedEntries } from '../../core/strings';
import { mebibytesOf, memoryUse, sessionMemory } from './memory';
import { RESERVED, UNSAFE } from './reserved';
import { effectiveSettings } from './settings';
import { LEAST_MEMORY, MOST_MEMORY } from './sizing';

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
  if (!(memorySum(request) > mebibytes(request.memory))) { return []; }
  return [{ path: 'resources.memory', got: request.memory.asString(), want: `at least ${leastMemory(request)}Mi, the sum of what the settings may use`,
    remedy: 'give it more memory, or fewer `sizing.connections` (a pooler helps), or lower work_mem, maintenance_work_mem or shared_buffers' }];
}

// More memory means larger caches as well, so that the sum itself would be refused again.
function leastMemory(request: MemberRequest): number {
  const limit = mebibytes(request.memory);
  const sum = Math.ceil(memorySum(request));
  return sum > limit ? leastMemory({ ...request, memory: Size.mebibytes(sum) }) : limit;
}

/** What the server may use in the worst case, in mebibytes. */
export function memorySum(request: MemberRequest): number {
  const settings = effectiveSettings(request);
  return memoryUse(settings).fixed + sessionMemory(settings);
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
