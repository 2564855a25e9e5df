import { MongoDb, NodeTuning, Postgres, SingleInstanceDbProps } from '../../lib';
import { database, find, objects, render, Rendered } from '../rendering';

const podOf = (all: readonly Rendered[]): Rendered => find(all, 'StatefulSet').spec.template.spec as Rendered;
const names = (containers: readonly { name: string }[] | undefined): string[] => (containers ?? []).map(({ name }) => name);
const initContainers = (props: Partial<SingleInstanceDbProps>): string[] => names(podOf(render({ acknowledgedWarnings: ['mongodb-licence'], engine: MongoDb.v8(), ...props })).initContainers as { name: string }[] | undefined);

let emitted: jest.SpyInstance;
beforeEach(() => { emitted = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined); });
afterEach(() => { emitted.mockRestore(); });

test('the node is looked at without a word, and set by a privileged container only where that was asked for', () => {
  expect([initContainers({}), initContainers({ nodeTuning: NodeTuning.CHECK }), initContainers({ nodeTuning: NodeTuning.SET_AS_PRIVILEGED })])
    .toEqual([['node-check'], ['node-check'], ['node-setup', 'node-check']]);
});

test('nothing else of the pod becomes privileged by it', () => {
  const pod = podOf(render({ engine: MongoDb.v8(), nodeTuning: NodeTuning.SET_AS_PRIVILEGED }));
  const all = [...pod.initContainers, ...pod.containers] as { name: string; securityContext: { privileged: boolean; runAsUser: number } }[];
  expect(all.map(({ name, securityContext: { privileged, runAsUser } }) => [name, privileged, runAsUser])).toEqual([
    ['node-setup', true, 0], ['node-check', false, 999], ['mongodb', false, 999], ['reconcile', false, 999]]);
  expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 999 });
});

test('the scripts that look and set are in the pod only where they are run', () => {
  const scripts = (engine: SingleInstanceDbProps['engine']): string[] => Object.keys(find(render({ engine }), 'ConfigMap', 'orders-scripts').data as object).filter(name => name.startsWith('node-'));
  expect([scripts(MongoDb.v8()), scripts(Postgres.v17())]).toEqual([['node-check.sh', 'node-setup.sh'], []]);
});

test('an engine that needs nothing of its node gets no container, also where it may set things', () => {
  expect(initContainers({ engine: Postgres.v17(), acknowledgedWarnings: [], nodeTuning: NodeTuning.SET_AS_PRIVILEGED })).toEqual([]);
});

test('a warning is emitted with its code, and stands in the metadata of the database', () => {
  const db = database({ engine: MongoDb.v8() });
  const message = MongoDb.v8().warnings(REQUEST_OF_NOBODY)[0]?.message ?? '';
  expect(message).toContain('SSPL');
  expect(emitted.mock.calls).toEqual([[`test/orders: ${message} (mongodb-licence)`, { type: 'cdk8s-stateful', code: 'mongodb-licence' }]]);
  expect(db.node.metadata.map(({ type, data }) => [type, data as unknown])).toEqual([['cdk8s-stateful:warning', `mongodb-licence: ${message}`]]);
});

test('a warning that was acknowledged is not emitted, and changes no manifest', () => {
  const db = database({ engine: MongoDb.v8(), acknowledgedWarnings: ['mongodb-licence'] });
  expect(emitted.mock.calls).toEqual([]);
  expect(db.node.metadata).toEqual([]);
  expect(objects(db)).toEqual(render({ engine: MongoDb.v8() }));
});

const REQUEST_OF_NOBODY = {} as Parameters<MongoDb['warnings']>[0];
