import { Size } from 'cdk8s';
import { checkConnections, checkMemory } from '../../core/memory-check';
import type { MemberRequest } from '../../core/member-request';
import { checkOwnSettings, SettingRules } from '../../core/own-settings';
import { Problem, quote } from '../../core/problems';
import { mebibytesOf } from './memory';
import type { Product } from './product';
import { RESERVED, UNSAFE } from './reserved';
import { memorySum, MOST_MEMORY } from './sizing';

/** Prefixes with which the servers take a setting for another one, or leave out what they do not know. */
const PREFIX = /^(?:disable|enable|loose|maximum|skip|wsrep)_/;

const SIZES = [
  'aria_pagecache_buffer_size', 'binlog_cache_size', 'binlog_stmt_cache_size', 'innodb_buffer_pool_size', 'innodb_log_buffer_size', 'join_buffer_size', 'key_buffer_size',
  'max_heap_table_size', 'net_buffer_length', 'read_buffer_size', 'read_rnd_buffer_size', 'sort_buffer_size', 'temptable_max_ram', 'thread_stack', 'tmp_table_size',
];

const SETTINGS: SettingRules = {
  name: /^[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)?$/,
  nameInWords: 'the name of a setting in lower case, with "_"',
  reserved: RESERVED,
  unsafe: UNSAFE,
  isUnsafe,
  further: checkSetting,
};

/** Refuses settings that are not the user's to set, that lose data, or that cannot be read. */
export function checkSettings(request: MemberRequest): Problem[] {
  return checkOwnSettings(request.settings, SETTINGS);
}

/** Refuses what does not fit into the memory. */
export function checkSizing(request: MemberRequest, product: Product): Problem[] {
  const connections = checkConnections(request.connections, 5, 10000);
  if (connections.length > 0) { return connections; }
  return checkMemory(request, {
    least: Size.mebibytes(product.memory.least),
    most: MOST_MEMORY,
    sum: each => memorySum(each, product),
    remedy: 'give it more memory, or fewer `sizing.connections` (a pooler helps), or lower innodb_buffer_pool_size or the buffers of a connection',
  });
}

// The servers take the beginning of a word for the word, and for a switch everything that they do not know for "off".
function isUnsafe(value: string, unsafe: string): boolean {
  const word = value.toLowerCase();
  return unsafe.startsWith(word) || (unsafe === 'off' && !['on', 'true', '1', 'detect_and_recover', 'fast'].includes(word));
}

function checkSetting(name: string, value: string): Problem[] {
  if (PREFIX.test(name)) { return [{ path: name, got: quote(value), want: 'the setting itself, without a prefix' }]; }
  // MariaDB takes the beginning of a name for the name, if there is no other.
  const owned = [...Object.keys(RESERVED), ...Object.keys(UNSAFE)];
  const full = Object.hasOwn(UNSAFE, name) || name === 'slow_query_log' ? undefined : owned.find(each => each.startsWith(name));
  if (full !== undefined) { return [{ path: name, got: quote(value), want: 'the whole name of a setting', remedy: `this is the beginning of ${full}` }]; }
  if (SIZES.includes(name) && Number.isNaN(mebibytesOf(value))) { return [{ path: name, got: quote(value), want: 'a size such as "64M"' }]; }
  return /"/.test(value) && value.includes('\'') ? [{ path: name, got: quote(value), want: 'text with one kind of quotes at most' }] : [];
}
