import type { MemberRequest } from '../../core/member-request';
import { checkConnections, checkMemory, MemoryRules } from '../../core/memory-check';
import { checkOwnSettings, sameWord, SettingRules } from '../../core/own-settings';
import { Problem, quote } from '../../core/problems';
import { RESERVED, UNSAFE } from './reserved';
import { LEAST_MEMORY, memorySum, MOST_MEMORY, sizeOf } from './sizing';

const SIZES = ['jetstream.max_file_store', 'jetstream.max_memory_store', 'max_payload', 'max_pending'];

const SETTINGS: SettingRules = {
  name: /^(?:jetstream\.)?[a-z][a-z0-9_]*$/,
  nameInWords: 'the name of a setting in lower case, or jetstream.name',
  reserved: RESERVED,
  unsafe: UNSAFE,
  isUnsafe: sameWord,
  further: checkSize,
};

const MEMORY: MemoryRules = {
  least: LEAST_MEMORY,
  most: MOST_MEMORY,
  sum: memorySum,
  remedy: 'give it more memory, or fewer `sizing.connections`, or lower max_pending, max_payload or jetstream.max_memory_store',
};

/** Refuses settings that are not the user's to set, or that cannot be read. */
export function checkSettings(request: MemberRequest): Problem[] {
  return checkOwnSettings(request.settings, SETTINGS);
}

/** Refuses what does not fit into the memory. A size that is none is refused already. */
export function checkSizing(request: MemberRequest): Problem[] {
  const connections = checkConnections(request.connections, 1, 10000);
  return connections.length > 0 || checkSettings(request).length > 0 ? connections : checkMemory(request, MEMORY);
}

function checkSize(name: string, value: string): Problem[] {
  return SIZES.includes(name) && !(sizeOf(value) > 0) ? [{ path: name, got: quote(value), want: 'a size in bytes, or with a unit, such as "8MB"' }] : [];
}
