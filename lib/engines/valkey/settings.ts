import type { MemberRequest } from '../../core/member-request';
import { MOUNTS } from '../../core/mounts';
import { sortedEntries, StringMap } from '../../core/strings';
import type { Flavour } from './flavour';
import { deriveSizing } from './sizing';

/** Where the volume is mounted, and the folder below it that holds the data, so that `lost+found` never stands in it. */
export const VOLUME_FOLDER = '/data';
export const DATA_FOLDER = `${VOLUME_FOLDER}/db`;

/** The port of the server, and that of TLS beside it where clients may come without. */
export const PORT = 6379;
export const TLS_PORT = 6380;

/** A titled part of the file. */
interface Group {
  readonly title: string;
  readonly settings: StringMap;
}

/** Where the socket, the users and the local administrator's password lie: a folder in memory. */
export function runFolder(flavour: Flavour): string {
  return `/run/${flavour.releases.engine}`;
}

/** The server's configuration: what is fixed, what is derived, and what the user set, which wins over what is derived. */
export function serverConf(request: MemberRequest, flavour: Flavour): string {
  const own = request.settings;
  const derived = derivedGroups(request, flavour).map(group => ({ ...group, settings: without(group.settings, own) }));
  return [...fixedGroups(request, flavour), ...derived, { title: 'Set by the user', settings: own }]
    .filter(group => Object.keys(group.settings).length > 0).map(text).join('\n');
}

function fixedGroups(request: MemberRequest, flavour: Flavour): Group[] {
  const run = runFolder(flavour);
  return [
    { title: 'Fixed: files', settings: {
      aclfile: `${run}/users.acl`,
      ...(flavour.logFolder ? { appenddirname: 'appendonlydir' } : {}),
      appendfilename: 'appendonly.aof',
      dbfilename: 'dump.rdb',
      dir: DATA_FOLDER,
      pidfile: `${run}/server.pid`,
    } },
    { title: 'Fixed: addresses', settings: {
      'protected-mode': 'yes',
      ...(request.tls ? tlsSettings(request.tlsRequired) : { port: `${PORT}` }),
      'unixsocket': `${run}/server.sock`,
      'unixsocketperm': '700',
    } },
    { title: 'Fixed: the process', settings: { daemonize: 'no', supervised: 'no' } },
    // The append-only file is what is loaded at the start; a snapshot beside it would cost a second fork for nothing.
    { title: 'Fixed: no snapshots', settings: { save: '""' } },
    // Or it would first be written to the volume, and stay there.
    { title: 'Fixed: who asks for a snapshot is sent it from the memory, at once', settings: { 'repl-diskless-sync': 'yes', 'repl-diskless-sync-delay': '0' } },
  ];
}

function derivedGroups(request: MemberRequest, flavour: Flavour): Group[] {
  const sizing = deriveSizing(request);
  return [
    { title: 'Derived from the memory', settings: {
      maxclients: `${sizing.maxClients}`,
      maxmemory: `${sizing.maxMemory}mb`,
      ...(flavour.limitsClients ? { 'maxmemory-clients': `${sizing.clientMemory}mb` } : {}),
    } },
    { title: 'Derived from the processor', settings: flavour.threadSetting === '' ? {} : { [flavour.threadSetting]: `${sizing.threads}` } },
    { title: 'Defaults', settings: {
      // An answer is sent when the write is on the disk. With "everysec" the server keeps answering for up to two seconds while a sync
      // is under way, with what it acknowledged in its own memory only.
      'appendfsync': 'always',
      'appendonly': 'yes',
      'maxmemory-policy': 'noeviction',
      'tcp-keepalive': '60',
    } },
  ];
}

function tlsSettings(required: boolean): StringMap {
  return {
    'port': required ? '0' : `${PORT}`,
    'tls-auth-clients': 'no',
    'tls-cert-file': `${MOUNTS.tls}/tls.crt`,
    'tls-key-file': `${MOUNTS.tls}/tls.key`,
    'tls-port': `${required ? PORT : TLS_PORT}`,
    'tls-protocols': '"TLSv1.2 TLSv1.3"',
  };
}

function without(settings: StringMap, names: StringMap): StringMap {
  return Object.fromEntries(sortedEntries(settings).filter(([name]) => names[name] === undefined));
}

function text(group: Group): string {
  return `# ${group.title}\n${sortedEntries(group.settings).map(([name, value]) => `${name} ${value}\n`).join('')}`;
}
