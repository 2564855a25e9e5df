import type { Size } from 'cdk8s';
import type { MemberRequest } from '../../core/member-request';
import { checkConnections, checkMemory } from '../../core/memory-check';
import { checkOwnSettings, sameWord, SettingRules } from '../../core/own-settings';
import { Problem, quote } from '../../core/problems';
import { RESERVED, RESERVED_PREFIXES, UNSAFE } from './reserved';
import { LEAST_MEMORY, memorySum, MOST_MEMORY } from './sizing';

const SETTINGS: SettingRules = {
  name: /^[A-Za-z0-9_]+(?:[.-][A-Za-z0-9_]+)*$/,
  nameInWords: 'the name of a setting of zoo.cfg, such as "snapCount"',
  reserved: RESERVED,
  unsafe: UNSAFE,
  isUnsafe: sameWord,
  further: checkPrefix,
};

/** Refuses settings that are not the user's to set, that lose data, or that cannot be read. */
export function checkSettings(request: MemberRequest): Problem[] {
  return checkOwnSettings(request.settings, SETTINGS);
}

/** Refuses what does not fit into the memory. */
export function checkSizing(request: MemberRequest, maxBuffer: Size): Problem[] {
  const connections = checkConnections(request.connections, 5, 100_000);
  return connections.length > 0 ? connections : checkMemory(request, {
    least: LEAST_MEMORY,
    most: MOST_MEMORY,
    sum: each => memorySum(each, maxBuffer),
    remedy: 'give it more memory, or fewer `sizing.connections`, or a smaller `maxBuffer`',
  });
}

function checkPrefix(name: string, value: string): Problem[] {
  const owned = Object.entries(RESERVED_PREFIXES).find(([prefix]) => name.startsWith(prefix));
  return owned === undefined ? [] : [{ path: name, got: quote(value), want: 'nothing: the library owns it', remedy: owned[1] }];
}
