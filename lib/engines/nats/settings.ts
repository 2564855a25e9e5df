import type { MemberRequest } from '../../core/member-request';
import { MOUNTS } from '../../core/mounts';
import { sortedEntries, StringMap } from '../../core/strings';
import { deriveSizing } from './sizing';

/** The port that clients connect to. */
export const PORT = 4222;

/** The port of the monitoring, which asks for no password: it is open within the pod only. */
export const MONITOR_PORT = 8222;

/** Where the volume is mounted; the image has no place of its own. */
export const VOLUME_FOLDER = '/data';

/** The data lies below the mount, where no `lost+found` is; the server makes its folder `jetstream` in it. */
export const DATA_FOLDER = `${VOLUME_FOLDER}/nats`;

/** Where the users and their passwords are, in memory. */
export const RUN_FOLDER = '/run/nats';

const MEBIBYTE = 1024 * 1024;

/** nats.conf: what is fixed, what is derived, and what the user set, which wins over what is derived. A change of it restarts the server. */
export function natsConf(request: MemberRequest): string {
  const [server, jetstream] = ownSettings(request.settings);
  return [
    '# Fixed: addresses, and the users with their passwords, which start.sh puts there in memory\n',
    lines({ http: `127.0.0.1:${MONITOR_PORT}`, port: `${PORT}`, server_name: request.name }),
    // The server takes this from the folder of this file, also if it begins with "/".
    `include '${MOUNTS.config.replace(/\/[^/]+/g, '/..').slice(1)}${RUN_FOLDER}/users.conf'\n`,
    '\n# Derived from the memory\n',
    lines({ ...derived(request), ...server }),
    '\n# Streams: what is acknowledged is on the disk; how large they may grow follows from the volume\n',
    `jetstream {\n  store_dir: "${DATA_FOLDER}"\n  include 'storage.conf'\n`,
    lines({ ...derivedJetstream(request), ...jetstream }, '  '),
    '}\n',
    ...(request.tls ? [tls(request.tlsRequired)] : []),
  ].join('');
}

/** storage.conf: what follows from the volume, which grows while the server runs; it is read again without a restart. */
export function storageConf(request: MemberRequest): string {
  const own = request.settings['jetstream.max_file_store'];
  return lines({ max_file_store: own ?? `${deriveSizing(request).fileStore * MEBIBYTE}` });
}

/** Whether the user gave up what is promised of acknowledged messages. */
export function isDeferred(settings: StringMap): boolean {
  return (settings['jetstream.sync_interval'] ?? 'always').toLowerCase() !== 'always';
}

function derived(request: MemberRequest): StringMap {
  const { connections, pending } = deriveSizing(request);
  return { max_connections: `${connections}`, max_pending: `${Math.floor(pending * MEBIBYTE)}` };
}

function derivedJetstream(request: MemberRequest): StringMap {
  return { max_memory_store: `${Math.floor(deriveSizing(request).memoryStore * MEBIBYTE)}`, sync_interval: 'always' };
}

function tls(required: boolean): string {
  const files = lines({ cert_file: `${MOUNTS.tls}/tls.crt`, key_file: `${MOUNTS.tls}/tls.key`, min_version: '1.2' }, '  ');
  return `\n# Encryption\ntls {\n${files}}\n${required ? '' : lines({ allow_non_tls: 'true' })}`;
}

// "jetstream.x" is x in the block of that name; the size of the files stands in storage.conf.
function ownSettings(settings: StringMap): [server: StringMap, jetstream: StringMap] {
  const all = sortedEntries(settings).filter(([name]) => name !== 'jetstream.max_file_store');
  const [inner, outer] = [true, false].map(wanted => all.filter(([name]) => name.startsWith('jetstream.') === wanted)) as [[string, string][], [string, string][]];
  return [Object.fromEntries(outer), Object.fromEntries(inner.map(([name, value]) => [name.slice('jetstream.'.length), value]))];
}

function lines(settings: StringMap, indent: string = ''): string {
  return sortedEntries(settings).map(([name, value]) => `${indent}${name}: ${literal(value)}\n`).join('');
}

// Whole numbers, sizes and switches are words of their own. All else is text: of "2m" the server would make two millions.
function literal(value: string): string {
  return /^(?:true|false|-?\d{1,18}|\d{1,15}(?:[KMGT]B?))$/.test(value) ? value : JSON.stringify(value);
}
