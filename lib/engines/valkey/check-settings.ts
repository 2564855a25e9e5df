import type { MemberRequest } from '../../core/member-request';
import { checkConnections, checkMemory, MemoryRules } from '../../core/memory-check';
import { checkOwnSettings, sameWord, SettingRules } from '../../core/own-settings';
import { Problem, quote } from '../../core/problems';
import { RESERVED, UNSAFE } from './reserved';
import { LEAST_CONNECTIONS, LEAST_MEMORY, mebibytesOf, memorySum, MOST_CONNECTIONS, MOST_MEMORY } from './sizing';

const SIZES = ['maxmemory', 'maxmemory-clients'];

// As the server divides a line: words, and what stands in quotes, after which a space or the end has to come.
const WORD = /(?:[^\s"']*(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\'|\\(?!'))*')|[^\s"']+)/.source;
const WORDS = new RegExp(`^${WORD}(?: +${WORD})*$`);

const SETTINGS: SettingRules = {
  name: /^[a-z][a-z0-9]*(?:[-_.][a-z0-9]+)*$/,
  nameInWords: 'the name of a setting in lower case',
  reserved: RESERVED,
  unsafe: UNSAFE,
  isUnsafe: (value, unsafe) => sameWord(value.replace(/["']/g, ''), unsafe),
  further: checkValue,
};

const MEMORY: MemoryRules = {
  least: LEAST_MEMORY,
  most: MOST_MEMORY,
  sum: memorySum,
  remedy: 'give it more memory, or fewer `sizing.connections`, or lower maxmemory or maxmemory-clients',
};

/** Refuses settings that are not the user's to set, that lose data, or that cannot be read. */
export function checkSettings(request: MemberRequest): Problem[] {
  return checkOwnSettings(request.settings, SETTINGS);
}

/** Refuses what does not fit into the memory. */
export function checkSizing(request: MemberRequest): Problem[] {
  const connections = checkConnections(request.connections, LEAST_CONNECTIONS, MOST_CONNECTIONS);
  return connections.length > 0 ? connections : checkMemory(request, MEMORY);
}

function checkValue(name: string, value: string): Problem[] {
  if (SIZES.includes(name)) {
    // No limit is no size: the node would end the server.
    const size = name === 'maxmemory' && value.endsWith('%') ? undefined : mebibytesOf(value, 100);
    return size === undefined || size === 0 ? [{ path: name, got: quote(value), want: 'a size such as "512mb", more than 0' }] : [];
  }
  if (/[\n\r]/.test(value) || WORDS.test(value)) { return []; }
  return [{ path: name, got: quote(value), want: 'words with spaces between them, in quotes where they hold others; \'""\' is the empty one' }];
}
