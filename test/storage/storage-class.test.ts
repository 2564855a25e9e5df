import { DatabaseStorageClass, DatabaseStorageClassProps, Provisioner, StorageClassRef } from '../../lib';
import { find, newChart, objects, refusalOf, Rendered } from '../rendering';

function render(props: DatabaseStorageClassProps): Rendered {
  return find(objects(new DatabaseStorageClass(newChart({}), 'disks', props)), 'StorageClass');
}

test('volumes are retained, are made where the pod is, and grow', () => {
  expect(render({ provisioner: Provisioner.csi('csi.example.com') })).toEqual({
    apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'disks' }, provisioner: 'csi.example.com',
    reclaimPolicy: 'Retain', volumeBindingMode: 'WaitForFirstConsumer', allowVolumeExpansion: true,
  });
});

test('its name is the id, or the one that it was given', () => {
  expect(new DatabaseStorageClass(newChart({}), 'disks', { name: 'fast', provisioner: Provisioner.local() }).storageClassName).toBe('fast');
  expect(render({ name: 'fast', provisioner: Provisioner.local() }).metadata.name).toBe('fast');
});

test('it has no namespace, whatever its chart has', () => {
  for (const chart of [newChart({}), newChart({ namespace: 'shop' })]) {
    const [rendered] = objects(new DatabaseStorageClass(chart, 'disks', { provisioner: Provisioner.local() }));
    expect(rendered?.metadata).toEqual({ name: 'disks' });
  }
});

test('mount options and parameters are passed on', () => {
  expect(render({ provisioner: Provisioner.csi('csi.example.com', { tier: 'ssd' }), mountOptions: ['noatime', 'discard'] }))
    .toMatchObject({ mountOptions: ['noatime', 'discard'], parameters: { tier: 'ssd' } });
});

test.each<readonly [Provisioner, string, object | undefined, boolean, boolean]>([
  [Provisioner.ebsGp3(), 'ebs.csi.aws.com', { 'csi.storage.k8s.io/fstype': 'ext4', 'encrypted': 'true', 'type': 'gp3' }, true, true],
  [Provisioner.ebsGp3({ iops: 6000, throughput: 250, kmsKeyId: 'arn:aws:kms:x' }), 'ebs.csi.aws.com',
    { 'csi.storage.k8s.io/fstype': 'ext4', 'encrypted': 'true', 'type': 'gp3', 'iops': '6000', 'throughput': '250', 'kmsKeyId': 'arn:aws:kms:x' }, true, true],
  [Provisioner.gcePersistentDisk(), 'pd.csi.storage.gke.io', { 'csi.storage.k8s.io/fstype': 'ext4', 'type': 'pd-ssd' }, true, true],
  [Provisioner.gcePersistentDisk('hyperdisk-balanced'), 'pd.csi.storage.gke.io', { 'csi.storage.k8s.io/fstype': 'ext4', 'type': 'hyperdisk-balanced' }, true, true],
  [Provisioner.azureDisk(), 'disk.csi.azure.com', { 'cachingMode': 'None', 'csi.storage.k8s.io/fstype': 'ext4', 'skuName': 'Premium_LRS' }, true, true],
  [Provisioner.azureDisk('PremiumV2_LRS'), 'disk.csi.azure.com', { 'cachingMode': 'None', 'csi.storage.k8s.io/fstype': 'ext4', 'skuName': 'PremiumV2_LRS' }, true, true],
  [Provisioner.local(), 'kubernetes.io/no-provisioner', undefined, false, false],
  [Provisioner.csi('csi.example.com'), 'csi.example.com', undefined, true, true],
])('%j is %s with %j; CSI: %s, grows: %s', (provisioner, driver, parameters, csi, grows) => {
  const rendered = render({ provisioner });
  expect([rendered.provisioner, rendered.parameters, rendered.allowVolumeExpansion]).toEqual([driver, parameters, grows]);
  const construct = new DatabaseStorageClass(newChart({}), 'disks', { provisioner });
  expect([construct.csi, construct.fixedSize]).toEqual([csi, !grows]);
});

test('nothing is assumed of a class that somebody else made', () => {
  expect(StorageClassRef.named('fast')).toMatchObject({ storageClassName: 'fast', csi: false, fixedSize: false });
});

test('every problem of a class is listed at once', () => {
  const make = (): unknown => render({ name: 'Fast', provisioner: Provisioner.csi('x/Y', { 'a b': '\0' }), mountOptions: ['noatime', ''] });
  expect(refusalOf(make)).toBe([
    'DatabaseStorageClass "test/disks" is not valid:',
    '  - name: got "Fast", want a Kubernetes object name: lower-case letters, digits, "-" and ".", at most 253',
    '  - provisioner.driver: got "x/Y", want a Kubernetes object name: lower-case letters, digits, "-" and ".", at most 253',
    '  - provisioner.parameters."a b": got this key, want a Kubernetes label key: [prefix/]name',
    '  - provisioner.parameters.a b: got "\\u0000", want text without control characters, line separators or broken Unicode',
    '  - mountOptions[1]: got "", want text that is not empty',
  ].join('\n'));
});
