import type { MemberRequest } from '../../core/member-request';
import { checkConnections, checkMemory, MemoryRules } from '../../core/memory-check';
import { checkOwnSettings, sameWord, SettingRules } from '../../core/own-settings';
import { Problem, quote } from '../../core/problems';
import { sortedEntries, StringMap } from '../../core/strings';
import type { Identity } from './options';
import { RESERVED, UNSAFE } from './reserved';
import { deriveSizing, LEAST_MEMORY, mebibytesOf, memorySum, MOST_MEMORY } from './sizing';

const SIZES = ['file_cache_size', 'memtable_offheap_space', 'networking_cache_size', 'row_cache_size'];

const SETTINGS: SettingRules = {
  name: /^[a-z][a-z0-9_]*$/,
  nameInWords: 'the name of a setting of cassandra.yaml, such as "concurrent_writes"',
  reserved: RESERVED,
  unsafe: UNSAFE,
  isUnsafe: sameWord,
  further: checkValue,
};

const MEMORY: MemoryRules = {
  least: LEAST_MEMORY,
  most: MOST_MEMORY,
  sum: memorySum,
  remedy: 'give it more memory, or fewer `sizing.connections`, or lower file_cache_size, networking_cache_size, row_cache_size or memtable_offheap_space',
};

/** Refuses settings that are not the user's to set, that lose data, or that cannot be read. */
export function checkSettings(request: MemberRequest): Problem[] {
  return checkOwnSettings(request.settings, SETTINGS);
}

/** Refuses what does not fit into the memory. */
export function checkSizing(request: MemberRequest): Problem[] {
  const connections = checkConnections(request.connections, 8, 100_000);
  return connections.length > 0 ? connections : checkMemory(request, MEMORY);
}

/** How an acknowledgement waits for the log: the user's word, or `batch`. */
export function logSync(settings: StringMap): string {
  return settings.commitlog_sync ?? 'batch';
}

/** cassandra.yaml but for what start.sh knows alone: folders, addresses, the certificate. What the user set wins over what is derived. */
export function cassandraYaml(request: MemberRequest, identity: Identity): string {
  const derived = { ...DEFAULTS, ...syncSettings(logSync(request.settings)), ...sizes(request) };
  return [
    `# Fixed\n${lines({ ...FIXED, cluster_name: identity.clusterName })}${SEEDS}`,
    `# Derived, and defaults\n${lines(without(derived, request.settings))}`,
    ...(Object.keys(request.settings).length === 0 ? [] : [`# Set by the user\n${lines(request.settings)}`]),
  ].join('\n');
}

const FIXED: StringMap = {
  authenticator: 'PasswordAuthenticator',
  authorizer: 'CassandraAuthorizer',
  endpoint_snitch: 'GossipingPropertyFileSnitch',
  // The pod's address changes, the data's identity must not: the node speaks to itself alone, and under one address for ever.
  listen_address: '127.0.0.1',
  num_tokens: '16',
  partitioner: 'org.apache.cassandra.dht.Murmur3Partitioner',
  role_manager: 'CassandraRoleManager',
  start_native_transport: 'true',
};

const SEEDS = `seed_provider:
  - class_name: org.apache.cassandra.locator.SimpleSeedProvider
    parameters:
      - seeds: "127.0.0.1:7000"
`;

// What the disk refused may be gone from memory too: only a restart, which reads the log again, knows what is there.
const DEFAULTS: StringMap = { commit_failure_policy: 'die', disk_failure_policy: 'die' };

function syncSettings(mode: string): StringMap {
  if (mode === 'group') { return { commitlog_sync: mode, commitlog_sync_group_window: '5ms' }; }
  return mode === 'periodic' ? { commitlog_sync: mode, commitlog_sync_period: '10000ms' } : { commitlog_sync: mode };
}

function sizes(request: MemberRequest): StringMap {
  const { connections, fileCache, networkCache } = deriveSizing(request);
  return { file_cache_size: `${fileCache}MiB`, native_transport_max_concurrent_connections: `${connections}`, networking_cache_size: `${networkCache}MiB` };
}

function checkValue(name: string, value: string): Problem[] {
  if (SIZES.includes(name) && Number.isNaN(mebibytesOf(value))) { return [{ path: name, got: quote(value), want: 'a size such as "64MiB"' }]; }
  if (name === 'commitlog_sync' && !['batch', 'group', 'periodic'].includes(value)) {
    return [{ path: name, got: quote(value), want: 'one of batch, group, periodic' }];
  }
  return [];
}

function without(settings: StringMap, names: StringMap): StringMap {
  return Object.fromEntries(sortedEntries(settings).filter(([name]) => names[name] === undefined));
}

function lines(settings: StringMap): string {
  return sortedEntries(settings).map(([name, value]) => `${name}: ${scalar(value)}\n`).join('');
}

// Numbers, words, sizes and times stand as they are, so that YAML gives them their type; everything else is text.
function scalar(value: string): string {
  return /^[A-Za-z0-9_][A-Za-z0-9_.]*$/.test(value) ? value : JSON.stringify(value);
}
