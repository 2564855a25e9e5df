import type { MemberRequest } from '../../core/member-request';
import { checkConnections, checkMemory, MemoryRules } from '../../core/memory-check';
import { checkOwnSettings, SettingRules } from '../../core/own-settings';
import { Problem, quote } from '../../core/problems';
import type { StringMap } from '../../core/strings';
import { JOB_WORKERS, mebibytesOf, memoryUse, sessionMemory } from './memory';
import { RESERVED, UNSAFE } from './reserved';
import { effectiveSettings } from './settings';
import { LEAST_MEMORY, MOST_MEMORY } from './sizing';

const SIZES = ['autovacuum_work_mem', 'maintenance_work_mem', 'shared_buffers', 'work_mem'];
const COUNTS = ['autovacuum_max_workers', 'max_parallel_workers', JOB_WORKERS];

const SETTINGS: SettingRules = {
  name: /^[a-z_][a-z0-9_]*(?:\.[a-z_][a-z0-9_$]*)?$/,
  nameInWords: 'the name of a setting in lower case, or extension.setting',
  reserved: RESERVED,
  unsafe: UNSAFE,
  // The server takes the beginning of a word for the word: `f` is off.
  isUnsafe: (value, unsafe) => unsafe.startsWith(value.toLowerCase()),
  further: checkAmount,
};

/** The derived settings of a flavour, for whatever is asked. */
type Derived = (request: MemberRequest) => StringMap;

const MEMORY: Omit<MemoryRules, 'sum'> = {
  least: LEAST_MEMORY,
  most: MOST_MEMORY,
  remedy: 'give it more memory, or fewer `sizing.connections` (a pooler helps), or lower work_mem, maintenance_work_mem or shared_buffers',
};

/** Refuses settings that are not the user's to set, that lose data, or that cannot be read. */
export function checkSettings(request: MemberRequest, reserved: StringMap = {}): Problem[] {
  return checkOwnSettings(request.settings, { ...SETTINGS, reserved: { ...RESERVED, ...reserved } });
}

/** Refuses what does not fit into the memory. */
export function checkSizing(request: MemberRequest, derived: Derived = () => ({})): Problem[] {
  const connections = checkConnections(request.connections, 5, 10000);
  return connections.length > 0 ? connections : checkMemory(request, { ...MEMORY, sum: each => memorySum(each, derived(each)) });
}

/** What the server may use in the worst case, in mebibytes. */
export function memorySum(request: MemberRequest, derived: StringMap = {}): number {
  const settings = effectiveSettings(request, derived);
  return memoryUse(settings).fixed + sessionMemory(settings);
}

function checkAmount(name: string, value: string): Problem[] {
  if (SIZES.includes(name) && !(value === '-1' && name === 'autovacuum_work_mem') && Number.isNaN(mebibytesOf(value, 'kB'))) {
    return [{ path: name, got: quote(value), want: 'a size such as "64MB"' }];
  }
  return COUNTS.includes(name) && !/^\d{1,5}$/.test(value) ? [{ path: name, got: quote(value), want: 'a whole number' }] : [];
}
