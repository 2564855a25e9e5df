import type { MemberRequest } from '../../core/member-request';
import { checkConnections, checkMemory, MemoryRules } from '../../core/memory-check';
import { checkOwnSettings, sameWord, SettingRules } from '../../core/own-settings';
import { Problem, quote } from '../../core/problems';
import { RESERVED, RESERVED_PREFIXES, SIZES, UNSAFE } from './reserved';
import { LEAST_MEMORY, memorySum, MOST_MEMORY } from './sizing';

const SETTINGS: SettingRules = {
  name: /^[a-z][a-z0-9]*(?:[.-][a-z0-9]+)*$/,
  nameInWords: 'the name of a setting of the broker, such as "log.retention.hours"',
  reserved: RESERVED,
  unsafe: UNSAFE,
  isUnsafe: sameWord,
  further: checkFurther,
};

const MEMORY: MemoryRules = {
  least: LEAST_MEMORY,
  most: MOST_MEMORY,
  sum: memorySum,
  remedy: 'give it more memory, or fewer `sizing.connections`, or smaller buffers',
};

/** Refuses settings that are not the user's to set, that lose data, or that cannot be read. */
export function checkSettings(request: MemberRequest): Problem[] {
  return checkOwnSettings(request.settings, SETTINGS);
}

/** Refuses what does not fit into the memory. */
export function checkSizing(request: MemberRequest): Problem[] {
  const connections = checkConnections(request.connections, 5, 100_000);
  return connections.length > 0 ? connections : checkMemory(request, MEMORY);
}

function checkFurther(name: string, value: string): Problem[] {
  const owned = Object.entries(RESERVED_PREFIXES).find(([prefix]) => name.startsWith(prefix));
  if (owned !== undefined) { return [{ path: name, got: quote(value), want: 'nothing: the library owns it', remedy: owned[1] }]; }
  if (SIZES.includes(name) && !/^[1-9]\d{3,12}$/.test(value)) { return [{ path: name, got: quote(value), want: 'a number of bytes, at least 1000' }]; }
  // Kafka would replace it by what it names: no setting of the user's is read from somewhere else.
  return /\$\{/.test(value) ? [{ path: name, got: quote(value), want: 'a value without "${"' }] : [];
}
