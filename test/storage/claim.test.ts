import { Size } from 'cdk8s';
import { GitOps, KubernetesVersion, OnDelete, StorageClassRef, StorageProps } from '../../lib';
import { DataSource } from '../../lib/core/data-source';
import { adoptingClaims, ClaimSpec, claimTemplates, claimVolumes } from '../../lib/storage/claim';
import { checkGuards, guards } from '../../lib/storage/gitops';
import { resolveStorage } from '../../lib/storage/props';
import { claimRetention } from '../../lib/storage/retention';

const WAL = { wal: { size: Size.gibibytes(2), storageClass: StorageClassRef.named('fast') } };
const LOSS = OnDelete.deleteData({ iAcceptDataLoss: true });
const GUARDS = { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false', 'helm.sh/resource-policy': 'keep', 'kustomize.toolkit.fluxcd.io/prune': 'disabled' };

function spec(source: DataSource, props: Partial<StorageProps> = {}, guarding: ClaimSpec['guards'] = {}): ClaimSpec {
  const storage = resolveStorage({ size: Size.gibibytes(10), ...props }, source, KubernetesVersion.OLDEST);
  return { storage, statefulSet: 'orders', labels: { app: 'orders' }, guards: guarding };
}

test('a claim template says everything, also what the API server would fill in', () => {
  expect(claimTemplates(spec(DataSource.empty(), { annotations: { note: 'mine' } }, GUARDS))).toEqual([{
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'data', labels: { app: 'orders' }, annotations: { note: 'mine', ...GUARDS } },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '10Gi' } }, volumeMode: 'Filesystem' },
  }]);
});

test('the log has a template of its own, with its own size and class', () => {
  const [, wal] = claimTemplates(spec(DataSource.empty(), WAL));
  expect(wal).toMatchObject({ metadata: { name: 'wal' }, spec: { resources: { requests: { storage: '2Gi' } }, storageClassName: 'fast' } });
});

test('there are no empty annotations', () => {
  expect(claimTemplates(spec(DataSource.empty()))[0]?.metadata).toEqual({ name: 'data', labels: { app: 'orders' } });
});

test('claims that exist are mounted as they are, and no claim is made', () => {
  const existing = spec(DataSource.existingClaims({ data: 'old-data', wal: 'old-wal' }), WAL);
  expect(claimTemplates(existing)).toEqual([]);
  expect(adoptingClaims(existing)).toEqual([]);
  expect(claimVolumes(existing.storage)).toEqual([
    { name: 'data', persistentVolumeClaim: { claimName: 'old-data' } }, { name: 'wal', persistentVolumeClaim: { claimName: 'old-wal' } },
  ]);
});

test('released volumes get claims of the names that the StatefulSet looks for', () => {
  const released = spec(DataSource.releasedVolumes({ data: 'pv-1', wal: 'pv-2' }), WAL);
  expect(adoptingClaims(released).map(claim => [claim.metadata?.name, claim.spec?.volumeName, claim.spec?.resources?.requests?.storage]))
    .toEqual([['data-orders-0', 'pv-1', '10Gi'], ['wal-orders-0', 'pv-2', '2Gi']]);
  expect(claimTemplates(released).map(claim => [claim.metadata?.name, claim.spec?.volumeName])).toEqual([['data', undefined], ['wal', undefined]]);
  expect(claimVolumes(released.storage)).toEqual([]);
});

test('claims of snapshots name them in the templates, each its own, and nothing else is different', () => {
  const [data, wal] = claimTemplates(spec(DataSource.snapshot({ data: 'orders-1', wal: 'orders-1-wal', ofOneMoment: true }), WAL));
  const [empty, emptyWal] = claimTemplates(spec(DataSource.empty(), WAL));
  const reference = (name: string): object => ({ apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name });
  expect([data, wal]).toEqual([
    { ...empty, spec: { ...empty?.spec, dataSource: reference('orders-1') } }, { ...emptyWal, spec: { ...emptyWal?.spec, dataSource: reference('orders-1-wal') } },
  ]);
  expect([empty, emptyWal].map(claim => Object.keys(claim?.spec ?? {}).includes('dataSource'))).toEqual([false, false]);
  const snapshots = spec(DataSource.snapshot({ data: 'orders-1' }));
  expect([adoptingClaims(snapshots), claimVolumes(snapshots.storage)]).toEqual([[], []]);
});

test('claims are kept, unless their loss was accepted; scaling never deletes one', () => {
  expect(claimRetention(OnDelete.KEEP_DATA)).toEqual({ whenDeleted: 'Retain', whenScaled: 'Retain' });
  expect(claimRetention(LOSS)).toEqual({ whenDeleted: 'Delete', whenScaled: 'Retain' });
});

test('the data is guarded from Argo CD, Flux and Helm, unless it may be deleted', () => {
  expect(guards(GitOps.GUARDED, OnDelete.KEEP_DATA)).toEqual(GUARDS);
  expect(guards(GitOps.UNGUARDED, OnDelete.KEEP_DATA)).toEqual({});
  expect(guards(GitOps.GUARDED, LOSS)).toEqual({});
});

test('an annotation that a guard would overwrite is refused, the same one is not', () => {
  expect(checkGuards('annotations', { 'helm.sh/resource-policy': 'keep', 'note': 'mine', 'toString': '' }, GUARDS)).toEqual([]);
  expect(checkGuards('annotations', { 'helm.sh/resource-policy': 'delete' }, {})).toEqual([]);
  expect(checkGuards('annotations', { 'helm.sh/resource-policy': 'delete' }, GUARDS)).toEqual([
    { path: 'annotations.helm.sh/resource-policy', got: '"delete"', want: '"keep"', remedy: 'or set it yourself, with GitOps.UNGUARDED' }]);
});
