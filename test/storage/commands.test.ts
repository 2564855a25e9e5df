import { Size } from 'cdk8s';
import { DataSource, KubernetesVersion } from '../../lib';
import { adoptionCommands, growthCommands, VolumePlace } from '../../lib/storage/commands';
import { resolveStorage } from '../../lib/storage/props';

function place(source: DataSource, changed: Partial<VolumePlace> & { readonly wal?: boolean } = {}): VolumePlace {
  const wal = changed.wal === true ? { size: Size.gibibytes(20) } : undefined;
  const storage = resolveStorage({ size: Size.gibibytes(1.5), wal }, source, KubernetesVersion.OLDEST);
  return { storage, statefulSet: 'orders', replicas: 1, namespace: 'shop', ...changed };
}

const patch = (size: string): string => `--type merge --patch '{"spec":{"resources":{"requests":{"storage":"${size}"}}}}'`;

test('to grow, the claim is patched, and the StatefulSet is replaced without its pods', () => {
  expect(growthCommands(place(DataSource.empty()))).toEqual([
    `kubectl --namespace shop patch persistentvolumeclaim data-orders-0 ${patch('1536Mi')}`,
    'kubectl --namespace shop delete statefulset orders --cascade=orphan --ignore-not-found',
  ]);
});

test('every volume of every member grows', () => {
  expect(growthCommands(place(DataSource.empty(), { replicas: 2, wal: true, namespace: undefined }))).toEqual([
    `kubectl patch persistentvolumeclaim data-orders-0 ${patch('1536Mi')}`,
    `kubectl patch persistentvolumeclaim wal-orders-0 ${patch('20Gi')}`,
    `kubectl patch persistentvolumeclaim data-orders-1 ${patch('1536Mi')}`,
    `kubectl patch persistentvolumeclaim wal-orders-1 ${patch('20Gi')}`,
    'kubectl delete statefulset orders --cascade=orphan --ignore-not-found',
  ]);
});

test('a database of a snapshot grows, and is rid of the snapshot, by the same commands', () => {
  expect(growthCommands(place(DataSource.snapshot({ data: 'orders-1' })))).toEqual(growthCommands(place(DataSource.empty())));
});

test('claims that exist grow under their own names, and without claim templates nothing has to be replaced', () => {
  expect(growthCommands(place(DataSource.existingClaims({ data: 'old', wal: 'old-wal' }), { wal: true }))).toEqual([
    `kubectl --namespace shop patch persistentvolumeclaim old ${patch('1536Mi')}`,
    `kubectl --namespace shop patch persistentvolumeclaim old-wal ${patch('20Gi')}`,
  ]);
});

test('a released volume is given to the claim that is rendered for it', () => {
  const reference = (name: string, namespace: string): string =>
    `'{"spec":{"claimRef":{"name":"${name}","namespace":"${namespace}","uid":null,"resourceVersion":null}}}'`;
  const source = DataSource.releasedVolumes({ data: 'pv-1', wal: 'pv-2' });
  expect(adoptionCommands(place(source, { wal: true }))).toEqual([
    `kubectl patch persistentvolume pv-1 --type merge --patch ${reference('data-orders-0', 'shop')}`,
    `kubectl patch persistentvolume pv-2 --type merge --patch ${reference('wal-orders-0', 'shop')}`,
  ]);
  expect(adoptionCommands(place(DataSource.releasedVolumes({ data: 'pv-1' }), { namespace: undefined }))).toEqual([
    `kubectl patch persistentvolume pv-1 --type merge --patch ${reference('data-orders-0', 'default')}`,
  ]);
});

test.each([DataSource.empty(), DataSource.existingClaims({ data: 'old' })])('nothing is to be freed for %j', source => {
  expect(adoptionCommands(place(source))).toEqual([]);
});
