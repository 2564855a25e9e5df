import { Size } from 'cdk8s';
import * as fc from 'fast-check';
import type { MemberRequest } from '../../../lib';
import { checkSettings } from '../../../lib/engines/zookeeper/check';
import { resolveOptions } from '../../../lib/engines/zookeeper/options';
import { zooCfg } from '../../../lib/engines/zookeeper/settings';
import { REQUEST } from './request';

/** The settings of a file as java.util.Properties reads them; the last line of a name wins. */
function read(request: MemberRequest, metrics = false): { [name: string]: string } {
  const lines = zooCfg(request, resolveOptions({ metrics })).split('\n').filter(line => line !== '' && !line.startsWith('#'));
  return Object.fromEntries(lines.map(line => {
    const [, name = '', value = ''] = /^([A-Za-z0-9._-]+)=[ \t]*((?:[^\\]|\\.)*)$/.exec(line) ?? [];
    return [name, value.replace(/\\u([0-9a-f]{4})|\\(.)/g, (_all, code: string | undefined, other: string) => (
      code === undefined ? other : String.fromCharCode(parseInt(code, 16))))];
  }));
}

const SMALLEST = {
  'dataDir': '/data/zookeeper', 'dataLogDir': '/data/zookeeper-log', 'clientPort': '2181',
  'authProvider.sasl': 'org.apache.zookeeper.server.auth.SASLAuthenticationProvider', 'enforce.auth.enabled': 'true', 'enforce.auth.schemes': 'sasl',
  '4lw.commands.whitelist': 'ruok,srvr', 'admin.enableServer': 'false',
  'maxClientCnxns': '0', 'maxCnxns': '102', 'autopurge.purgeInterval': '1', 'autopurge.snapRetainCount': '3', 'forceSync': 'yes', 'tickTime': '2000',
};

test('the whole file of the smallest database', () => {
  expect(read(REQUEST)).toEqual(SMALLEST);
});

test('figures are offered unless they are not wanted', () => {
  expect(read(REQUEST, true)).toEqual({
    ...SMALLEST, 'metricsProvider.className': 'org.apache.zookeeper.metrics.prometheus.PrometheusMetricsProvider', 'metricsProvider.httpPort': '7000' });
});

test('a volume of its own gets the log', () => {
  expect(read({ ...REQUEST, walSize: Size.gibibytes(1) })).toEqual({ ...SMALLEST, dataLogDir: '/datalog/zookeeper-log' });
});

test('with a certificate there is a port with TLS, and the other one is the pod\'s own where TLS is required', () => {
  const both = { ...SMALLEST, 'secureClientPort': '2281', 'serverCnxnFactory': 'org.apache.zookeeper.server.NettyServerCnxnFactory', 'client.certReload': 'true',
    'ssl.clientAuth': 'none', 'ssl.keyStore.location': '/run/zookeeper/server.pem', 'ssl.keyStore.type': 'PEM' };
  expect(read({ ...REQUEST, tls: true })).toEqual(both);
  expect(read({ ...REQUEST, tls: true, tlsRequired: true })).toEqual({ ...both, clientPortAddress: '127.0.0.1' });
});

test('a volume that grows changes no setting', () => {
  expect(read({ ...REQUEST, dataSize: Size.gibibytes(80) })).toEqual(SMALLEST);
});

test('what the user sets wins, and comes last', () => {
  const text = zooCfg({ ...REQUEST, settings: { 'tickTime': '3000', 'snapCount': '1000', 'autopurge.purgeInterval': '24' } }, resolveOptions({}));
  expect(text).toMatch(/\n# Set by the user\nautopurge\.purgeInterval=24\nsnapCount=1000\ntickTime=3000\n$/);
  expect(text.match(/^tickTime/gm)).toHaveLength(1);
});

test('the server reads every value that is not refused as it was given', () => {
  let accepted = 0;
  fc.assert(fc.property(fc.fullUnicodeString({ maxLength: 20 }), value => {
    const request = { ...REQUEST, settings: { snapCount: value } };
    if (checkSettings(request).length > 0) { return; }
    accepted++;
    expect(read(request).snapCount).toBe(value);
  }), { seed: 1, numRuns: 1000 });
  expect(accepted).toBeGreaterThan(200);
});
