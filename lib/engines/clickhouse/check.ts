import type { MemberRequest } from '../../core/member-request';
import { checkConnections, checkMemory, MemoryRules } from '../../core/memory-check';
import { checkOwnSettings, sameWord, SettingRules } from '../../core/own-settings';
import { Problem, quote } from '../../core/problems';
import { RESERVED, UNSAFE } from './reserved';
import { LEAST_MEMORY, memorySum, MOST_MEMORY } from './sizing';

/** Settings that count in the sum of the memory, in bytes or as they are. */
const COUNTED = ['background_pool_size', 'index_mark_cache_size', 'mark_cache_size', 'max_server_memory_usage', 'primary_index_cache_size',
  'profile.max_memory_usage', 'query_cache.max_size_in_bytes', 'uncompressed_cache_size', 'vector_similarity_index_cache_size'];

const SETTINGS: SettingRules = {
  name: /^[A-Za-z][A-Za-z0-9_]*(?:\.[a-z][a-z0-9_]*){0,3}$/,
  nameInWords: 'the name of a setting of the server, or section.setting: merge_tree.setting, profile.setting, query_log.ttl',
  reserved: RESERVED,
  unsafe: UNSAFE,
  isUnsafe: sameWord,
  further: checkFurther,
};

const MEMORY: MemoryRules = {
  least: LEAST_MEMORY,
  most: MOST_MEMORY,
  sum: memorySum,
  remedy: 'give it more memory, or fewer `sizing.connections`, or lower max_server_memory_usage, the caches or background_pool_size',
};

/** Refuses settings that are not the user's to set, that lose data, or that cannot be read. */
export function checkSettings(request: MemberRequest): Problem[] {
  return checkOwnSettings(request.settings, SETTINGS);
}

/** Refuses what does not fit into the memory. */
export function checkSizing(request: MemberRequest): Problem[] {
  const connections = checkConnections(request.connections, 8, 65536);
  return connections.length > 0 ? connections : checkMemory(request, MEMORY);
}

/** The distroless variant has no shell, and so none of the scripts would run. */
export function checkImage(image: string | undefined): Problem[] {
  if (image === undefined || !/distroless/.test(image)) { return []; }
  return [{ path: 'image', got: quote(image), want: 'a variant of the image with a shell', remedy: 'the scripts run in bash; use the tag without "-distroless"' }];
}

/** Sections of the library, numbers that are none, and the levels of the log. */
function checkFurther(name: string, value: string): Problem[] {
  const [section = ''] = name.split('.');
  const remedy = section === name ? undefined : RESERVED[section];
  if (remedy !== undefined) { return [{ path: name, got: quote(value), want: 'nothing: the library owns this section', remedy }]; }
  if (COUNTED.includes(name) && !/^[1-9]\d{0,14}$/.test(value) && !(value === '0' && name.includes('cache'))) {
    return [{ path: name, got: quote(value), want: 'a whole number, sizes in bytes' }];
  }
  return name === 'log_level' && !LEVELS.includes(value) ? [{ path: name, got: quote(value), want: `one of ${LEVELS.join(', ')}` }] : [];
}

const LEVELS = ['fatal', 'critical', 'error', 'warning', 'notice', 'information', 'debug', 'trace'];
