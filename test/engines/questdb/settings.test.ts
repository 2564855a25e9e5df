import { Size } from 'cdk8s';
import * as fc from 'fast-check';
import { RESERVED, UNSAFE } from '../../../lib/engines/questdb/reserved';
import { checkSettings, serverConf } from '../../../lib/engines/questdb/settings';
import { REQUEST } from './request';

/** The settings of a file as java.util.Properties reads it from a stream: one byte is one character, the last line of a name wins. */
function read(conf: string): { [name: string]: string } {
  const settings: { [name: string]: string } = {};
  for (const line of conf.split('\n')) {
    if (/^[ \t\f]*(?:[#!]|$)/.test(line)) { continue; }
    const [, name, rest] = /^([^=: \t\f]+)[ \t\f]*[=:]?[ \t\f]*(.*)$/.exec(line) ?? [];
    if (name === undefined || rest === undefined || /[^ -~]/.test(line)) { throw new Error(`the server would not read: ${line}`); }
    settings[name] = rest.replace(/\\(?:u([0-9a-f]{4})|(.))/g, (_all, code?: string, escaped?: string) => (
      code !== undefined ? String.fromCharCode(parseInt(code, 16)) : escaped === 't' ? '\t' : escaped as string));
  }
  return settings;
}

const problems = (name: string, value: string): string[] => checkSettings({ ...REQUEST, settings: { [name]: value } }).map(({ want }) => want);

test('the whole file of the smallest database', () => {
  expect(read(serverConf(REQUEST))).toEqual({
    'http.net.bind.to': '0.0.0.0:9000', 'http.health.check.authentication.required': 'false', 'http.min.net.bind.to': '0.0.0.0:9003',
    'http.min.net.connection.limit': '16', 'http.min.worker.count': '1', 'http.user': 'app', 'line.tcp.enabled': 'false', 'line.udp.enabled': 'false',
    'metrics.enabled': 'true', 'pg.net.bind.to': '0.0.0.0:8812', 'pg.readonly.user.enabled': 'false', 'pg.user': 'app', 'telemetry.disable.completely': 'true',
    'telemetry.enabled': 'false', 'cairo.commit.mode': 'sync', 'http.net.connection.limit': '32', 'pg.net.connection.limit': '32', 'ram.usage.limit.bytes': '1276m',
  });
});

test('a volume that grows changes nothing', () => {
  expect(serverConf({ ...REQUEST, dataSize: Size.gibibytes(80) })).toBe(serverConf(REQUEST));
});

test('what the user sets wins, and stands once', () => {
  const conf = serverConf({ ...REQUEST, settings: { 'cairo.commit.mode': 'nosync', 'ram.usage.limit.bytes': '1g' } });
  expect(conf.match(/^cairo.commit.mode=/gm)).toHaveLength(1);
  expect(conf).toMatch(/\n\n# Set by the user\ncairo\.commit\.mode=nosync\nram\.usage\.limit\.bytes=1g\n$/);
});

test.each(['', 'a=b:c', ' begins with space', 'C:\\new', '\\u0041', '# no comment', 'größe', '\t'])('the server reads %j as it was given', value => {
  expect(read(serverConf({ ...REQUEST, settings: { 'query.tracing.enabled': value } }))['query.tracing.enabled']).toBe(value);
});

test('the server reads every value that is not refused as it was given', () => {
  let accepted = 0;
  fc.assert(fc.property(fc.fullUnicodeString({ maxLength: 20 }), value => {
    const request = { ...REQUEST, settings: { 'line.default.partition.by': value } };
    if (checkSettings(request).length > 0) { return; }
    accepted++;
    expect(read(serverConf(request))['line.default.partition.by']).toBe(value);
  }), { seed: 1, numRuns: 1000 });
  expect(accepted).toBeGreaterThan(500);
});

test.each(Object.keys(RESERVED))('%s is the library\'s own', name => {
  expect(problems(name, 'x')).toEqual(['nothing: the library owns it']);
});

test.each(Object.entries(UNSAFE))('%s is refused where it loses data, and only there', (name, { values }) => {
  expect(problems(name, (values[0] as string).toUpperCase())).toEqual([`anything but ${values.join(', ')}`]);
  expect(problems(name, 'true')).toEqual([]);
});

test('every fixed setting is reserved, so that no user sets it twice', () => {
  const fixed = Object.keys(read(serverConf(REQUEST))).filter(name => !['cairo.commit.mode', 'ram.usage.limit.bytes', 'http.min.net.connection.limit'].includes(name));
  expect(fixed.filter(name => RESERVED[name] === undefined)).toEqual([]);
});
