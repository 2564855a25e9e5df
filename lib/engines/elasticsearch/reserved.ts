import type { MemberRequest } from '../../core/member-request';
import { checkOwnSettings, sameWord, SettingRules, UnsafeSetting } from '../../core/own-settings';
import { Problem, quote } from '../../core/problems';

const CLUSTER = 'it belongs to a cluster of several members';
const ALLOW_FROM = 'use `network.allowFrom`';

/** Settings of both servers that the library owns, each with what to use instead. */
export const RESERVED: { readonly [name: string]: string } = {
  'bootstrap.memory_lock': 'a pod has no swap that memory could be written to',
  'cluster.name': 'it is the name of the database',
  'http.bind_host': ALLOW_FROM,
  'http.host': ALLOW_FROM,
  'http.port': 'it is 9200',
  'http.publish_host': ALLOW_FROM,
  'node.name': 'it is the name of the pod',
  'node.roles': 'a single member has all of them',
};

/** The same for settings of Elasticsearch alone. */
export const ELASTICSEARCH_RESERVED: { readonly [name: string]: string } = {
  ...RESERVED,
  'xpack.ml.use_auto_machine_memory_percent': 'use `xpack.ml.max_machine_memory_percent`, which counts in the sum of the memory',
  'xpack.security.autoconfiguration.enabled': 'it is off: users and certificates come from Secrets',
  'xpack.security.enabled': 'it is on',
  'xpack.security.enrollment.enabled': 'it is off: users and certificates come from Secrets',
};

/** Settings that the library owns, by the beginning of their names. */
const RESERVED_BEGINNINGS: readonly (readonly [beginning: string, remedy: string])[] = [
  ['cluster.initial_', CLUSTER],
  ['discovery.', CLUSTER],
  ['network.', ALLOW_FROM],
  ['path.', 'its place is fixed'],
  ['plugins.security.ssl.', 'use `tls`'],
  ['transport.', CLUSTER],
  ['xpack.security.http.ssl.', 'use `tls`'],
  ['xpack.security.transport.ssl.', 'use `tls`'],
];

/** Settings that lose data or hide the loss, by the values that do so. */
export const UNSAFE: { readonly [name: string]: UnsafeSetting } = {
  'cluster.routing.allocation.disk.threshold_enabled': { values: ['false'], effect: 'nothing stops the writes before the disk is full, and a full disk fails indexes' },
  'monitor.fs.health.enabled': { values: ['false'], effect: 'nobody notices a disk that no longer takes writes' },
};

/** Refuses settings that are not the user's to set, that lose data, or that the server does not start with. */
export function checkSettings(request: MemberRequest, reserved: { readonly [name: string]: string }): Problem[] {
  const rules: SettingRules = {
    name: /^[a-z][a-z0-9_]*(?:\.[A-Za-z0-9_-]+)+$/,
    nameInWords: 'the name of a setting as in the server\'s file, such as "action.auto_create_index"',
    reserved,
    unsafe: UNSAFE,
    isUnsafe: sameWord,
    further,
  };
  return checkOwnSettings(request.settings, rules);
}

function further(name: string, value: string): Problem[] {
  const [, remedy] = RESERVED_BEGINNINGS.find(([beginning]) => name.startsWith(beginning)) ?? [];
  if (remedy !== undefined) { return [{ path: name, got: quote(value), want: 'nothing: the library owns it', remedy }]; }
  if (name.startsWith('index.')) {
    return [{ path: name, got: quote(value), want: 'a setting of the node', remedy: 'set it on the index or in an index template; the server does not start with it' }];
  }
  if (value.includes('${')) { return [{ path: name, got: quote(value), want: 'a value without "${", which the server replaces by its environment' }]; }
  return name === ML_SHARE && !/^\d{1,2}$/.test(value) ? [{ path: name, got: quote(value), want: 'a whole number of percent, below 100' }] : [];
}

/** How much of the memory machine learning may take beside the heap, in percent. */
export const ML_SHARE = 'xpack.ml.max_machine_memory_percent';
