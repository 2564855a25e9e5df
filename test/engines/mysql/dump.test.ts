import { MariaDb, MySql } from '../../../lib';
import type { IEngine } from '../../../lib/core/engine';
import type { DumpPlan } from '../../../lib/core/dump-plan';
import { REQUEST } from './request';

function dumpOf(engine: IEngine): DumpPlan {
  const dumps = engine.backupSupport.tools.flatMap(({ dump, kind }) => (dump === undefined ? [] : [{ dump, kind: `${kind}` }]));
  expect(dumps.map(({ kind }) => kind)).toEqual(['logical']);
  return dumps[0]?.dump as DumpPlan;
}

test.each([
  ['MySQL', MySql.v84(), 'docker.io/library/mysql:8.4.'],
  ['MySQL, a patch release', MySql.of('9.7.1'), 'docker.io/library/mysql:9.7.1'],
  ['MariaDB', MariaDb.v1011(), 'docker.io/library/mariadb:10.11.'],
  ['MariaDB, a patch release', MariaDb.of('11.8.6'), 'docker.io/library/mariadb:11.8.6'],
])('%s is dumped by the tools of the server\'s own image, as its user', (_, engine, image) => {
  const dump = dumpOf(engine);
  expect(dump.image.startsWith(image)).toBe(true);
  expect([dump.user, dump.group]).toEqual([999, 999]);
  expect(Object.keys(dump.scripts).sort()).toEqual(['check.sh', 'connect.sh', 'counts.awk', 'counts.sh', 'dump.sh', 'tools.sh', 'whole.sh']);
});

test('MariaDB has tools of its own, and everything else is MySQL\'s', () => {
  const [mysql, mariadb] = [dumpOf(MySql.v97()).scripts, dumpOf(MariaDb.v118()).scripts];
  expect(Object.keys(mysql).filter(name => mysql[name] !== mariadb[name])).toEqual(['tools.sh']);
});

test.each([[MySql.v97(), 'mysql'], [MariaDb.v118(), 'mariadb']])('the server knows its name, and whether it begins with a backup', (engine, name) => {
  expect(engine.plan(REQUEST).environment).toMatchObject({ ENGINE: name, RESTORE: 'false' });
  expect(engine.plan({ ...REQUEST, restore: true }).environment.RESTORE).toBe('true');
  expect(Object.keys(engine.plan(REQUEST).scripts)).toEqual(expect.arrayContaining(['restore.sh', 'restore-dump.sh']));
  expect(Object.keys(engine.plan(REQUEST).scripts)).not.toContain('dump.sh');
});
