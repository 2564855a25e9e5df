import type { MemberRequest } from '../../core/member-request';
import { sortedEntries, StringMap } from '../../core/strings';
import { CACHE_SETTING, deriveSizing, INDEX_SETTING, OWN_CONNECTIONS } from './sizing';

/** The port of the server. */
export const PORT = 27_017;

/** Where the server and its companion have what lies in memory: the key file, the certificate with its key, the mark of readiness. */
export const RUN_FOLDER = '/run/mongodb';

/** The name of the replica set. */
export const SET_NAME = 'rs0';

/** A section of the file: options by name, and sections within it. */
type Section = Map<string, string | Section>;

/** mongod.conf: what is fixed, what is derived, and what the user set, which wins over what is derived. */
export function mongodConf(request: MemberRequest, dataPath: string): string {
  const root: Section = new Map();
  for (const [name, value] of sortedEntries({ ...effectiveSettings(request), 'storage.dbPath': dataPath })) {
    put(root, name.split('.'), `${scalar(value)}${request.settings[name] === undefined ? '' : ' # set by the user'}`);
  }
  return `${lines(root, '').join('\n')}\n`;
}

/** Every setting that is in effect, by its full name. */
export function effectiveSettings(request: MemberRequest): StringMap {
  const sizing = deriveSizing(request);
  return {
    [CACHE_SETTING]: `${sizing.cacheGibibytes}`,
    [INDEX_SETTING]: `${sizing.indexBuilds}`,
    'net.maxIncomingConnections': `${sizing.connections + OWN_CONNECTIONS}`,
    ...request.settings,
    ...fixedSettings(request),
  };
}

/** What no user can set: addresses, authorization, the replica set, TLS. */
export function fixedSettings(request: MemberRequest): StringMap {
  return {
    'net.bindIp': '*',
    'net.ipv6': 'true',
    'net.port': `${PORT}`,
    'net.unixDomainSocket.enabled': 'false',
    'replication.replSetName': SET_NAME,
    'security.authorization': 'enabled',
    'security.keyFile': `${RUN_FOLDER}/keyfile`,
    ...(request.tls ? tlsSettings(request.tlsRequired) : {}),
  };
}

// Without a CA file the server starts only with the system's authorities (SERVER-72839); clients need no certificate.
function tlsSettings(required: boolean): StringMap {
  return {
    'net.tls.allowConnectionsWithoutCertificates': 'true',
    'net.tls.certificateKeyFile': `${RUN_FOLDER}/server.pem`,
    'net.tls.mode': required ? 'requireTLS' : 'allowTLS',
    'setParameter.tlsUseSystemCA': 'true',
  };
}

function put(section: Section, [first = '', ...rest]: string[], value: string): void {
  if (rest.length === 0) {
    section.set(first, value);
    return;
  }
  const inner = section.get(first) ?? new Map<string, string | Section>();
  section.set(first, inner);
  if (typeof inner !== 'string') { put(inner, rest, value); }
}

function lines(section: Section, indent: string): string[] {
  return [...section].flatMap(([name, value]) => (
    typeof value === 'string' ? [`${indent}${name}: ${value}`] : [`${indent}${name}:`, ...lines(value, `${indent}  `)]));
}

// A number or a switch is what it is; all other text stands in quotes, of which YAML reads every one that JSON writes.
function scalar(value: string): string {
  return /^(?:true|false|-?\d+(?:\.\d+)?)$/.test(value) ? value : JSON.stringify(value);
}
