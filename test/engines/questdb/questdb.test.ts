import { Duration, Size } from 'cdk8s';
import { QuestDb } from '../../../lib';
import { isOlder } from '../../../lib/engines/questdb/versions';
import { REQUEST } from './request';

const plan = QuestDb.v9().plan(REQUEST);

test('only the open source edition\'s ports that ask for a password are open to clients', () => {
  expect(plan.ports).toEqual([
    { name: 'postgresql', port: 8812, forClients: true }, { name: 'http', port: 9000, forClients: true }, { name: 'metrics', port: 9003, forClients: false }]);
});

test('the JVM has its heap and every other part in its options', () => {
  expect(plan.environment.JVM_PREPEND).toBe('-Xms256m -Xmx256m -XX:MaxMetaspaceSize=96m -XX:ReservedCodeCacheSize=64m -XX:MaxDirectMemorySize=16m '
    + '-XX:-UsePerfData -XX:+ExitOnOutOfMemoryError');
});

test('the sidecar shares the folder in memory and sees the secret, and nothing of the volume', () => {
  expect(plan.companions).toMatchObject([{ name: 'reload', sharedScratch: ['run'], seesSecrets: true, seesVolumes: false }]);
  expect(plan.scratch.find(({ name }) => name === 'run')).toMatchObject({ inMemory: true });
});

test('an application connects as app, to the only database', () => {
  expect([plan.client, plan.passwordKeys]).toEqual([{ scheme: 'postgresql', database: 'qdb', username: 'app', passwordKey: 'password' }, { app: 'password' }]);
});

test.each(['9', '9.3.2', '9.4.0', '9.3.10'])('%s is supported', version => {
  expect(QuestDb.of(version).check(REQUEST)).toEqual([]);
});

test.each(['8', '10', '9.', '9.3.4.5', 'v9', 'latest', '9.3.1', '9.0', '9.2.3'])('%j is refused, and nothing else is said', version => {
  expect(QuestDb.of(version).check(REQUEST).map(({ path }) => path)).toEqual(['engine']);
});

test.each([['9.3.1', '9.3.2', true], ['9.3.2', '9.3.2', false], ['9.10.0', '9.3.2', false], ['9', '9.3.2', false], ['8.9.9', '9.3.2', true]])('%s is older than %s: %s', (one, other, older) => {
  expect(isOlder(one, other)).toBe(older);
});

test('who chooses to lose rows in a power cut is told', () => {
  const codes = (mode: string): string[] => QuestDb.v9().warnings({ ...REQUEST, settings: { 'cairo.commit.mode': mode } }).map(({ code }) => code);
  expect([codes('sync'), codes('async'), codes('nosync'), QuestDb.v9().warnings(REQUEST)]).toEqual([[], ['questdb-commit-mode'], ['questdb-commit-mode'], []]);
});

test('times grow with what has to be written or read', () => {
  expect([Size.gibibytes(1), Size.gibibytes(64)].map(size => QuestDb.v9().shutdownTimeout(size).toSeconds())).toEqual([126, 448]);
  expect([Size.gibibytes(1), Size.tebibytes(2)].map(size => QuestDb.v9().startupTimeout(size))).toEqual([Duration.hours(1), Duration.hours(3)]);
});
