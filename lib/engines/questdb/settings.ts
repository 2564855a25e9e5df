import type { MemberRequest } from '../../core/member-request';
import { checkConnections, checkMemory, MemoryRules } from '../../core/memory-check';
import { checkOwnSettings, sameWord, SettingRules } from '../../core/own-settings';
import { Problem, quote } from '../../core/problems';
import { sortedEntries, StringMap } from '../../core/strings';
import { RESERVED, UNSAFE } from './reserved';
import { deriveSizing, LEAST_MEMORY, mebibytesOf, memorySum, MOST_MEMORY } from './sizing';

/** The port of the PostgreSQL protocol. */
export const PG_PORT = 8812;

/** The port of queries, of lines and of the console. */
export const HTTP_PORT = 9000;

/** The port of health and figures, which no password protects. */
export const MIN_PORT = 9003;

/** The only user, of both protocols. */
export const USER = 'app';

const SETTINGS: SettingRules = {
  name: /^[a-z][A-Za-z0-9]*(?:\.[A-Za-z0-9]+)*$/,
  nameInWords: 'the name of a setting of server.conf, such as "shared.worker.count"',
  reserved: RESERVED,
  unsafe: UNSAFE,
  isUnsafe: sameWord,
  further: checkValue,
};

const MEMORY: MemoryRules = {
  least: LEAST_MEMORY,
  most: MOST_MEMORY,
  sum: memorySum,
  remedy: 'give it more memory, or fewer `sizing.connections`, or lower ram.usage.limit.bytes',
};

/** Refuses settings that are not the user's to set, that lose data, or that cannot be read. */
export function checkSettings(request: MemberRequest): Problem[] {
  return checkOwnSettings(request.settings, SETTINGS);
}

/** Refuses what does not fit into the memory. */
export function checkSizing(request: MemberRequest): Problem[] {
  const connections = checkConnections(request.connections, 4, 10000);
  return connections.length > 0 ? connections : checkMemory(request, MEMORY);
}

/** How commits reach the disk: the user's word, or `sync`. */
export function commitMode(settings: StringMap): string {
  return settings['cairo.commit.mode'] ?? 'sync';
}

/** server.conf: what is fixed, what is derived, and what the user set, which wins over what is derived. */
export function serverConf(request: MemberRequest): string {
  const { connections, native } = deriveSizing(request);
  const derived = {
    'cairo.commit.mode': commitMode(request.settings),
    'http.net.connection.limit': `${connections}`,
    'pg.net.connection.limit': `${connections}`,
    'ram.usage.limit.bytes': `${native}m`,
  };
  return [
    part('Fixed', FIXED),
    part('Derived, and defaults', without(derived, request.settings)),
    part('Set by the user', request.settings),
  ].filter(text => text !== '').join('\n');
}

const FIXED: StringMap = {
  'http.net.bind.to': `0.0.0.0:${HTTP_PORT}`,
  'http.health.check.authentication.required': 'false',
  'http.min.net.bind.to': `0.0.0.0:${MIN_PORT}`,
  'http.min.net.connection.limit': '16',
  // Else the probes share the threads of queries, and wait for them.
  'http.min.worker.count': '1',
  'http.user': USER,
  'line.tcp.enabled': 'false',
  'line.udp.enabled': 'false',
  'metrics.enabled': 'true',
  'pg.net.bind.to': `0.0.0.0:${PG_PORT}`,
  'pg.readonly.user.enabled': 'false',
  'pg.user': USER,
  'telemetry.disable.completely': 'true',
  'telemetry.enabled': 'false',
};

function checkValue(name: string, value: string): Problem[] {
  if (name === 'ram.usage.limit.bytes' && !(mebibytesOf(value) >= 1)) {
    return [{ path: name, got: quote(value), want: 'a size of at least 1m, such as "2g"', remedy: '0 is no limit' }];
  }
  if (name === 'cairo.commit.mode' && !['sync', 'async', 'nosync'].includes(value)) {
    return [{ path: name, got: quote(value), want: 'one of sync, async, nosync' }];
  }
  return [];
}

function without(settings: StringMap, names: StringMap): StringMap {
  return Object.fromEntries(sortedEntries(settings).filter(([name]) => names[name] === undefined));
}

function part(title: string, settings: StringMap): string {
  const lines = sortedEntries(settings).map(([name, value]) => `${name}=${literal(value)}`);
  return lines.length === 0 ? '' : `# ${title}\n${lines.join('\n')}\n`;
}

// A file of Java properties: one byte is one character, a backslash begins an escape, and space at the beginning is dropped.
function literal(value: string): string {
  const escaped = value.replace(/\\/g, '\\\\').replace(/^ /, '\\ ').replace(/\t/g, '\\t');
  return escaped.replace(/[^ -~]/g, character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
