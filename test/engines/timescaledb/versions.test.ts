import * as fs from 'fs';
import * as path from 'path';
import { TimescaleDb } from '../../../lib';
import { TIMESCALEDB } from '../../../lib/engines/timescaledb/versions';
import { REQUEST } from '../postgres/request';

const codes = (version: string, settings: { [name: string]: string } = {}): string[] =>
  TimescaleDb.of(version).warnings({ ...REQUEST, settings }).map(({ code }) => code);

test.each(['16', '17', '18', '2.30.2-pg18', '2.19.3-pg17', '2.19.3-pg17-oss', '2.13.0-pg16'])('%s is a version', version => {
  expect(TimescaleDb.of(version).check(REQUEST)).toEqual([]);
});

test.each(['', '15', '19', '17.5', '2.30.2', '2.30.2-pg15', '2.16.1-pg17', '2.22.1-pg18', '1.7.5-pg12', '2.30.2-pg17-ha', 'latest-pg17', '2.30-pg17', '__proto__'])('%j is none', version => {
  expect(TimescaleDb.of(version).check(REQUEST).map(({ path: where }) => where)).toEqual(['engine']);
});

test('a tag runs as it is, with the major of PostgreSQL that it names', () => {
  const plan = TimescaleDb.of('2.19.3-pg16-oss').plan(REQUEST);
  expect(plan.image).toBe('docker.io/timescale/timescaledb:2.19.3-pg16-oss');
  expect(plan.environment).toMatchObject({ DB_MAJOR: '16', PGDATA: '/var/lib/postgresql/16/docker', LOCALE_PROVIDER: 'libc' });
});

test('the licence is told where it applies', () => {
  expect(codes('17')).toEqual(['timescaledb-licence']);
  expect(codes('2.30.2-pg18')).toEqual(['timescaledb-licence']);
  expect(codes('2.30.2-pg18-oss')).toEqual([]);
  expect(codes('17', { 'timescaledb.license': 'apache' })).toEqual([]);
  expect(codes('17', { 'timescaledb.license': 'timescale' })).toEqual(['timescaledb-licence']);
});

test('the page lists every major with the release it runs and the end of its support', () => {
  const page = fs.readFileSync(path.join(__dirname, '../../../lib/engines/timescaledb/README.md'), 'utf8');
  expect(Object.keys(TIMESCALEDB.series)).toEqual(['16', '17', '18']);
  for (const [major, { patch, endOfSupport }] of Object.entries(TIMESCALEDB.series)) { expect(page).toContain(`| ${major} | ${patch} | ${endOfSupport} |`); }
});
