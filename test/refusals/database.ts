import { Duration, Size } from 'cdk8s';
import {
  Client, Cpu, Credentials, DatabaseStorageClass, DataSource, Exposure, KubernetesVersion, NodePool, OnDelete, Postgres, Provisioner, SingleInstanceDb, SingleInstanceDbProps, Spread,
  StorageClassRef, Tls, Toleration,
} from '../../lib';
import { database, newChart, SMALLEST } from '../rendering';

/** What is refused, and every line of the message but the first. */
export type Refused = readonly [make: () => unknown, ...lines: string[]];

/** A database with these props, and why it is refused. */
export function refused(props: Partial<SingleInstanceDbProps>, ...lines: string[]): Refused {
  return [() => database(props), ...lines];
}

const size = Size.gibibytes(1);
const memory = Size.gibibytes(2);
const OBJECT_NAME = 'want a Kubernetes object name: lower-case letters, digits, "-" and ".", at most 253';
const LABEL_KEY = 'got this key, want a Kubernetes label key: [prefix/]name';
const LABEL_VALUE = 'want a label value: at most 63 letters, digits, "-", "_" and "."';
const AMOUNT = 'want a positive amount, such as Cpu.millis(500) or Cpu.units(2)';
const IMAGE = 'want an image with a tag other than "latest", or with a digest';
const RANGE = 'want an address range such as "10.0.0.0/8" or "fd00::/8"';
const OWN = 'want another key: this one is the library\'s own';
const TOGETHER = 'give `storage.wal` and the volume of the log together, or neither';
const VERSION = 'want a version from 1.27 to 1.36, written as "1.31"';

/** The refusals that every database has, in the order of the props. */
export const DATABASE: readonly Refused[] = [
  refused({ name: 'Orders' }, 'name: got "Orders", want lower-case letters, digits and "-", beginning with a letter, at most 52 characters; '
    + 'set `name`; it is never shortened or changed, because a changed name is a new, empty database'),
  refused({ storage: { size: Size.mebibytes(1023) } }, 'storage.size: got 1023Mi, want at least 1Gi'),
  refused({ storage: { size: Size.tebibytes(1025) } }, 'storage.size: got 1025Ti, want at most 1Pi'),
  refused({ storage: { size, storageClass: StorageClassRef.named('Fast') } }, `storage.storageClass: got "Fast", ${OBJECT_NAME}`),
  refused({ storage: { size, wal: { size: Size.mebibytes(1), storageClass: StorageClassRef.named('') } } },
    'storage.wal.size: got 1Mi, want at least 1Gi', `storage.wal.storageClass: got "", ${OBJECT_NAME}`),
  refused({ storage: { size, onDelete: OnDelete.deleteData({ iAcceptDataLoss: false }) } },
    'storage.onDelete: got iAcceptDataLoss: false, want iAcceptDataLoss: true; or OnDelete.KEEP_DATA, which keeps the claims'),
  refused({ storage: { size, annotations: { 'a b': '' } } }, `storage.annotations."a b": ${LABEL_KEY}`),
  refused({ storage: { size, annotations: { 'helm.sh/resource-policy': 'delete' } } },
    'storage.annotations.helm.sh/resource-policy: got "delete", want "keep"; or set it yourself, with GitOps.UNGUARDED'),
  refused({ credentials: Credentials.existingSecret('a_b') }, `credentials.secretName: got "a_b", ${OBJECT_NAME}`),
  refused({ resources: { memory, cpu: Cpu.units(0) } }, `resources.cpu: got "0", ${AMOUNT}`),
  refused({ resources: { memory, cpu: Cpu.units(1), cpuLimit: Cpu.millis(-1) } }, `resources.cpuLimit: got "-1m", ${AMOUNT}`),
  refused({ resources: { memory, cpu: Cpu.units(1), cpuLimit: Cpu.millis(500) } }, 'resources.cpuLimit: got 500m, want at least as much as `resources.cpu`'),
  refused({ scheduling: { spread: Spread.required('') } }, 'scheduling.spread.group: got "", want text that is not empty'),
  refused({ scheduling: { spread: Spread.required('a b') } }, `scheduling.spread.group: got "a b", ${LABEL_VALUE}`),
  refused({ scheduling: { zones: ['eu', ''] } }, 'scheduling.zones[1]: got "", want text that is not empty'),
  refused({ scheduling: { zones: ['a/b'] } }, `scheduling.zones[0]: got "a/b", ${LABEL_VALUE}`),
  refused({ scheduling: { nodeSelector: { disk: 'a b' } } }, `scheduling.nodeSelector.disk: got "a b", ${LABEL_VALUE}`),
  refused({ scheduling: { tolerations: [Toleration.anyValue('a b'), Toleration.of('a', 'a b')] } },
    `scheduling.tolerations[0]."a b": ${LABEL_KEY}`, `scheduling.tolerations[1].a: got "a b", ${LABEL_VALUE}`),
  refused({ scheduling: { tolerations: [Toleration.nodeOutage(Duration.seconds(10))] } }, 'scheduling.tolerations[0]: got 10 s, want whole seconds, at least 30'),
  refused({ scheduling: { priorityClass: 'High' } }, `scheduling.priorityClass: got "High", ${OBJECT_NAME}`),
  refused({ scheduling: { nodePool: NodePool.gke('a b') } }, `scheduling.nodePool.cloud.google.com/gke-nodepool: got "a b", ${LABEL_VALUE}`),
  refused({ scheduling: { nodePool: NodePool.labelled('disk', 'hdd'), nodeSelector: { disk: 'nvme' } } },
    'scheduling.nodeSelector.disk: got "nvme", want "hdd", as of the node pool, or nothing'),
  refused({ network: { allowFrom: [Client.addresses('10.0.0.0/33')] } }, `network.allowFrom[0]: got "10.0.0.0/33", ${RANGE}`),
  refused({ network: { allowFrom: [Client.pods({})] } },
    'network.allowFrom[0].podLabels: got {}, want at least one label; for every pod of a namespace use Client.namespace(…)'),
  refused({ network: { allowFrom: [Client.namespace('')] } }, 'network.allowFrom[0]: got "", want the name of a namespace'),
  refused({ network: { allowFrom: [Client.namespace('a b')] } }, `network.allowFrom[0].namespaceLabels.kubernetes.io/metadata.name: got "a b", ${LABEL_VALUE}`),
  refused({ network: { exposeOn: Exposure.loadBalancer(['office'], { annotations: { 'a b': '' }, loadBalancerClass: '' }) } },
    `network.exposeOn.sources[0]: got "office", ${RANGE}`, `network.exposeOn.annotations."a b": ${LABEL_KEY}`,
    'network.exposeOn.loadBalancerClass: got "", want text that is not empty'),
  refused({ network: { exposeOn: Exposure.nodePort([], 80) } },
    'network.exposeOn.sources: got [], want at least one address range', 'network.exposeOn.nodePort: got 80, want a port from 30000 to 32767'),
  refused({ tls: Tls.fromSecret('') }, `tls.secretName: got "", ${OBJECT_NAME}`),
  refused({ dataSource: DataSource.existingClaims({ data: 'A', wal: 'b' }) },
    `dataSource.data: got "A", ${OBJECT_NAME}`, `dataSource.wal: got b, want nothing; ${TOGETHER}`),
  refused({ dataSource: DataSource.releasedVolumes({ data: 'a' }), storage: { size, wal: { size } } },
    `dataSource.wal: got nothing, want the volume of the write-ahead log; ${TOGETHER}`),
  refused({ dataSource: DataSource.existingClaims({ data: 'a', wal: 'a' }), storage: { size, wal: { size } } },
    'dataSource.wal: got "a", want another volume than that of the data'),
  refused({ shutdownTimeout: Duration.seconds(10) }, 'shutdownTimeout: got 10 s, want whole seconds, at least 30'),
  refused({ startupTimeout: Duration.millis(300_500) }, 'startupTimeout: got 300.5 s, want whole seconds, at least 300'),
  refused({ image: 'postgres' }, `image: got "postgres", ${IMAGE}`),
  refused({ imageUser: { user: 0, group: 1.5 } }, 'imageUser.user: got 0, want a whole number from 1 to 2147483647; nothing here runs as root',
    'imageUser.group: got 1.5, want a whole number from 1 to 2147483647; nothing here runs as root'),
  refused({ acknowledgedWarnings: ['postgres-licence'] }, 'acknowledgedWarnings[0]: got "postgres-licence", want nothing: there is no warning'),
  refused({ engine: Postgres.v14(), acknowledgedWarnings: ['postgres-end-of-life', 'old'] }, 'acknowledgedWarnings[1]: got "old", want one of postgres-end-of-life'),
  refused({ imagePullSecrets: ['a', 'B'] }, `imagePullSecrets[1]: got "B", ${OBJECT_NAME}`),
  refused({ podMetadata: { labels: { a: 'a b' }, annotations: { b: '\u2028' } } }, `podMetadata.labels.a: got "a b", ${LABEL_VALUE}`,
    'podMetadata.annotations.b: got "\\u2028", want text without control characters, line separators or broken Unicode'),
  refused({ labels: { 'app.kubernetes.io/name': 'mine' } }, `labels.app.kubernetes.io/name: got "mine", ${OWN}`),
  refused({ podMetadata: { labels: { 'cdk8s-stateful/spread-group': 'a' }, annotations: { 'cdk8s-stateful/files': 'b' } } },
    `podMetadata.labels.cdk8s-stateful/spread-group: got "a", ${OWN}`, `podMetadata.annotations.cdk8s-stateful/files: got "b", ${OWN}`),
  refused({ annotations: { a: '\n\ta' } }, 'annotations.a: got "\\n\\ta", want text in lines that begins with no tab and is not all space'),
  refused({ annotations: { a: '0o755' } }, 'annotations.a: got "0o755", want text that every YAML reader takes for text, not for a number'),
  refused({ labels: JSON.parse('{"constructor":"a"}') as { [key: string]: string } }, 'labels.constructor: got this key, want another one: cdk8s cannot render it'),
  refused({ annotations: { a: 'x'.repeat(262_144) } }, 'annotations: got 262145 bytes, want at most 262144 bytes of annotations'),
  refused({ kubernetesVersion: KubernetesVersion.of('1.26') }, `kubernetesVersion: got "1.26", ${VERSION}`),
];

/** The refusals of other constructs and of a second database, with the first line. */
export const OTHERS: readonly (readonly [make: () => unknown, message: string])[] = [
  [() => new DatabaseStorageClass(newChart({}), 'disks', { name: 'a b', provisioner: Provisioner.csi('x/y/z', { 'a b': '' }), mountOptions: ['a\nb'] }), [
    'DatabaseStorageClass "test/disks" is not valid:',
    `  - name: got "a b", ${OBJECT_NAME}`,
    `  - provisioner.driver: got "x/y/z", ${OBJECT_NAME}`,
    `  - provisioner.parameters."a b": ${LABEL_KEY}`,
    '  - mountOptions[0]: got "a\\nb", want one line of text',
  ].join('\n')],
  [() => {
    const chart = newChart({});
    const provisioner = Provisioner.csi('disks.example.com');
    return [new DatabaseStorageClass(chart, 'fast', { provisioner }), new DatabaseStorageClass(chart, 'quick', { name: 'fast', provisioner })];
  }, 'DatabaseStorageClass "test/quick" is not valid:\n  - name: got "fast", want a name of its own in the chart; "test/fast" has this one'],
  [() => database().allowFrom(Client.addresses('here')), `allowFrom of SingleInstanceDb "test/orders" is not valid:\n  - clients[0]: got "here", ${RANGE}`],
  [() => {
    const first = database();
    return new SingleInstanceDb(first.node.scope as SingleInstanceDb, 'other', { ...SMALLEST, name: 'orders-members' });
  }, 'SingleInstanceDb "test/other" is not valid:\n'
    + '  - name: got "orders-members", want a name of its own in the namespace; the Service "orders-members" belongs to "test/orders"'],
];
