import type { MemberRequest } from '../../core/member-request';
import { checkConnections, checkMemory, MemoryRules } from '../../core/memory-check';
import { checkOwnSettings, sameWord, SettingRules } from '../../core/own-settings';
import { Problem, quote } from '../../core/problems';
import { RESERVED, UNSAFE } from './reserved';
import { effectiveSettings } from './settings';
import { CACHE_SETTING, INDEX_SETTING, LEAST_MEMORY, memorySum, MOST_MEMORY, QUERY_SETTING } from './sizing';

const SETTINGS: SettingRules = {
  name: /^[A-Za-z][A-Za-z0-9]*(?:\.[A-Za-z][A-Za-z0-9_]*)+$/,
  nameInWords: 'the name of an option with its sections, such as "operationProfiling.slowOpThresholdMs"',
  reserved: RESERVED,
  unsafe: UNSAFE,
  isUnsafe: sameWord,
  further: checkAmount,
};

const MEMORY: MemoryRules = {
  least: LEAST_MEMORY,
  most: MOST_MEMORY,
  sum: memorySum,
  remedy: `give it more memory, or fewer \`sizing.connections\`, or a smaller ${CACHE_SETTING}`,
};

/** Refuses settings that are not the user's to set, that lose data, or that cannot be read. */
export function checkSettings(request: MemberRequest): Problem[] {
  const problems = checkOwnSettings(request.settings, SETTINGS);
  return problems.length > 0 ? problems : checkSections(request);
}

/** Refuses what does not fit into the memory. */
export function checkSizing(request: MemberRequest): Problem[] {
  const connections = checkConnections(request.connections, 5, 20_000);
  return connections.length > 0 ? connections : checkMemory(request, MEMORY);
}

// A name is a value or a section of others, in one file never both.
function checkSections(request: MemberRequest): Problem[] {
  const all = [...Object.keys(effectiveSettings(request)), 'storage.dbPath'];
  return Object.keys(request.settings).sort().flatMap(name => {
    const other = all.find(each => each.startsWith(`${name}.`) || name.startsWith(`${each}.`));
    return other === undefined ? [] : [{ path: `settings.${name}`, got: 'this name', want: `no section of another option: ${other} is set as well` }];
  });
}

function checkAmount(name: string, value: string): Problem[] {
  if (name === CACHE_SETTING && !(/^\d{1,5}(?:\.\d{1,3})?$/.test(value) && Number(value) >= 0.25 && Number(value) <= 10_000)) {
    return [{ path: name, got: quote(value), want: 'a number of gigabytes from 0.25 to 10000' }];
  }
  if (name === QUERY_SETTING && !/^\d{1,15}$/.test(value)) { return [{ path: name, got: quote(value), want: 'a whole number of bytes' }]; }
  const valid = name !== INDEX_SETTING || (/^\d{1,6}$/.test(value) && Number(value) >= 50);
  return valid ? [] : [{ path: name, got: quote(value), want: 'a whole number of megabytes, at least 50' }];
}
