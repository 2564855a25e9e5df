import type { UnsafeSetting } from '../../core/own-settings';

const FIXED = 'its place is fixed';
const PASSWORD = 'the password is in the credentials Secret, for the user `app`';
const READ_ONLY = 'the read-only user has a password of its own, which the library does not know';
const LINE = 'it asks for no password: send lines over HTTP, port 9000, which does';

/** Settings that the library owns, each with what to use instead. */
export const RESERVED: { readonly [name: string]: string } = {
  'cairo.attach.partition.suffix': FIXED,
  'cairo.root': FIXED,
  'cairo.volumes': FIXED,
  'config.reload.enabled': 'the library has the files read again',
  'http.bind.to': 'it is 9000',
  'http.enabled': 'the sidecar asks there',
  'http.health.check.authentication.required': 'probes have no password',
  'http.min.bind.to': 'it is 9003',
  'http.min.enabled': 'the probes ask there',
  'http.min.net.bind.to': 'it is 9003',
  'http.min.worker.count': 'without a thread of its own, the probes wait for queries',
  'http.net.bind.to': 'it is 9000',
  'http.net.connection.limit': 'use `sizing.connections`',
  'http.password': PASSWORD,
  'http.password.file': PASSWORD,
  'http.user': PASSWORD,
  'line.tcp.auth.db.path': LINE,
  'line.tcp.enabled': LINE,
  'line.tcp.net.bind.to': LINE,
  'line.udp.bind.to': LINE,
  'line.udp.enabled': LINE,
  'metrics.enabled': 'the figures and the probes need it',
  'pg.bind.to': 'it is 8812',
  'pg.enabled': 'the probes ask there',
  'pg.net.bind.to': 'it is 8812',
  'pg.net.connection.limit': 'use `sizing.connections`',
  'pg.password': PASSWORD,
  'pg.password.file': PASSWORD,
  'pg.readonly.password': READ_ONLY,
  'pg.readonly.password.file': READ_ONLY,
  'pg.readonly.user': READ_ONLY,
  'pg.readonly.user.enabled': READ_ONLY,
  'pg.user': PASSWORD,
  'ram.usage.limit.percent': 'use `ram.usage.limit.bytes`, or more memory',
  'telemetry.disable.completely': 'nothing is sent',
  'telemetry.enabled': 'nothing is sent',
};

/** Settings that lose or hide the loss of data, by the values that do so. */
export const UNSAFE: { readonly [name: string]: UnsafeSetting } = {
  'cairo.wal.apply.enabled': { values: ['false'], effect: 'what is written never reaches its table' },
  'cairo.wal.supported': { values: ['false'], effect: 'tables without a log lose rows in a crash' },
  'cairo.wal.enabled.default': { values: ['false'], effect: 'tables without a log lose rows in a crash; say BYPASS WAL for the table that may' },
};
