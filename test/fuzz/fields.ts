import { Size } from 'cdk8s';
import type { IConstruct } from 'constructs';
import {
  AccessRule, Client, Collation, Credentials, DatabaseStorageClass, DataSource, Exposure, KubernetesVersion, NodePool, Postgres, PostgresOptions, Provisioner, SingleInstanceDbProps,
  Spread, StorageClassRef, Tls, Toleration,
} from '../../lib';
import { database, newChart } from '../rendering';

/** A place where a user writes text: how it is written, and the text that has to come out somewhere, whole or within a file. */
export interface Field {
  readonly make: (text: string) => IConstruct;
  readonly whole?: (text: string) => string;
  readonly within?: (text: string) => string;
}

const size = Size.gibibytes(1);
const same = (text: string): string => text;
const pair = (key: string, value: string): { [key: string]: string } => Object.fromEntries([[key, value]]);
const inJson = (text: string): string => JSON.stringify(text);
const inHba = (text: string): string => `"${text.replace(/"/g, '""')}"`;
const inConf = (text: string): string => ` = '${text.replace(/['\\]/g, '$&$&')}'\n`;

function prop(props: (text: string) => Partial<SingleInstanceDbProps>): Field {
  return { make: text => database(props(text)), whole: same };
}

function postgres(options: (text: string) => PostgresOptions, within: (text: string) => string): Field {
  return { make: text => database({ engine: Postgres.v17(options(text)) }), within };
}

function storageClass(name: (text: string) => string, provisioner: (text: string) => Provisioner, mountOptions?: (text: string) => string[]): Field {
  return { make: text => new DatabaseStorageClass(newChart({}), 'disks', { name: name(text), provisioner: provisioner(text), mountOptions: mountOptions?.(text) }), whole: same };
}

const csi = (): Provisioner => Provisioner.csi('csi.example.com');
const disks = (): string => 'disks';

/** Every place that takes free text. */
export const FIELDS: { readonly [name: string]: Field } = {
  'name': prop(name => ({ name })),
  'labels': prop(text => ({ labels: { key: text } })),
  'labels, key': prop(text => ({ labels: pair(text, 'value') })),
  'annotations': prop(text => ({ annotations: { key: text } })),
  'annotations, key': prop(text => ({ annotations: pair(text, 'value') })),
  'podMetadata.labels': prop(text => ({ podMetadata: { labels: { key: text } } })),
  'podMetadata.labels, key': prop(text => ({ podMetadata: { labels: pair(text, 'value') } })),
  'podMetadata.annotations': prop(text => ({ podMetadata: { annotations: { key: text } } })),
  'podMetadata.annotations, key': prop(text => ({ podMetadata: { annotations: pair(text, 'value') } })),
  'storage.annotations': prop(text => ({ storage: { size, annotations: { key: text } } })),
  'storage.annotations, key': prop(text => ({ storage: { size, annotations: pair(text, 'value') } })),
  'storage.storageClass': prop(text => ({ storage: { size, storageClass: StorageClassRef.named(text) } })),
  'scheduling.nodeSelector': prop(text => ({ scheduling: { nodeSelector: { key: text } } })),
  'scheduling.nodeSelector, key': prop(text => ({ scheduling: { nodeSelector: pair(text, 'value') } })),
  'scheduling.tolerations': prop(text => ({ scheduling: { tolerations: [Toleration.of('key', text)] } })),
  'scheduling.tolerations, key': prop(text => ({ scheduling: { tolerations: [Toleration.anyValue(text)] } })),
  'scheduling.nodePool': prop(text => ({ scheduling: { nodePool: NodePool.labelled('key', text) } })),
  'scheduling.nodePool, key': prop(text => ({ scheduling: { nodePool: NodePool.labelled(text, 'value') } })),
  'scheduling.priorityClass': prop(priorityClass => ({ scheduling: { priorityClass } })),
  'scheduling.zones': prop(text => ({ scheduling: { zones: [text] } })),
  'scheduling.spread': prop(text => ({ scheduling: { spread: Spread.preferred(text) } })),
  'image': prop(image => ({ image })),
  'imagePullSecrets': prop(text => ({ imagePullSecrets: [text] })),
  'credentials': prop(text => ({ credentials: Credentials.existingSecret(text) })),
  'tls': prop(text => ({ tls: Tls.fromSecret(text) })),
  'dataSource claims': prop(data => ({ dataSource: DataSource.existingClaims({ data }) })),
  'dataSource volumes': prop(data => ({ dataSource: DataSource.releasedVolumes({ data }) })),
  'kubernetesVersion': { make: text => database({ kubernetesVersion: KubernetesVersion.of(text) }) },
  'network, pods': prop(text => ({ network: { allowFrom: [Client.pods({ key: text })] } })),
  'network, pods, key': prop(text => ({ network: { allowFrom: [Client.pods(pair(text, 'value'))] } })),
  'network, namespace': prop(text => ({ network: { allowFrom: [Client.namespace(text)] } })),
  'network, namespaces': prop(text => ({ network: { allowFrom: [Client.namespacesWith(pair(text, 'value'))] } })),
  'network, addresses': prop(text => ({ network: { allowFrom: [Client.addresses(text)] } })),
  'network, exceptions': prop(text => ({ network: { allowFrom: [Client.addresses('0.0.0.0/0', text)] } })),
  'exposure, sources': prop(text => ({ network: { exposeOn: Exposure.loadBalancer([text]) } })),
  'exposure, annotations': prop(text => ({ network: { exposeOn: Exposure.loadBalancer(['::/0'], { annotations: { key: text } }) } })),
  'exposure, annotations, key': prop(text => ({ network: { exposeOn: Exposure.loadBalancer(['::/0'], { annotations: pair(text, 'value') }) } })),
  'exposure, class': prop(loadBalancerClass => ({ network: { exposeOn: Exposure.loadBalancer(['::/0'], { loadBalancerClass }) } })),
  'settings': { make: text => database({ settings: { application_name: text } }), within: inConf },
  'settings, name': { make: text => database({ settings: pair(text, 'x') }), within: text => `\n${text} = 'x'\n` },
  'engine version': { make: text => database({ engine: Postgres.of(text) }), within: text => `:${text}` },
  'engine superuser': postgres(superuser => ({ superuser }), inHba),
  'engine dataFolder': postgres(dataFolder => ({ dataFolder }), text => `/${text}`),
  'engine collation': { make: text => database({ engine: Postgres.v17({ collation: Collation.libc(text) }) }), whole: same },
  'engine databases': postgres(name => ({ databases: [{ name, owner: 'app' }] }), inJson),
  'engine owners': postgres(owner => ({ databases: [{ name: 'app', owner }] }), inJson),
  'engine extensions': postgres(text => ({ databases: [{ name: 'app', extensions: [text] }] }), inJson),
  'engine roles': postgres(name => ({ roles: [{ name, passwordKey: 'key' }] }), inJson),
  'engine password keys': postgres(passwordKey => ({ roles: [{ name: 'api', passwordKey }] }), text => `/${text}"`),
  'engine members': postgres(text => ({ roles: [{ name: 'api', memberOf: [text] }] }), inJson),
  'engine rules, databases': postgres(text => ({ accessRules: [AccessRule.password({ databases: [text] })] }), inHba),
  'engine rules, roles': postgres(text => ({ accessRules: [AccessRule.reject({ roles: [text] })] }), inHba),
  'engine rules, addresses': postgres(from => ({ accessRules: [AccessRule.password({ from })] }), text => ` ${text} `),
  'storage class, name': storageClass(same, csi),
  'storage class, driver': storageClass(disks, text => Provisioner.csi(text)),
  'storage class, parameters': storageClass(disks, text => Provisioner.csi('csi.example.com', { key: text })),
  'storage class, parameters, key': storageClass(disks, text => Provisioner.csi('csi.example.com', pair(text, 'value'))),
  'storage class, mountOptions': storageClass(disks, csi, text => [text]),
  'storage class, key of a cloud': storageClass(disks, kmsKeyId => Provisioner.ebsGp3({ kmsKeyId })),
};
