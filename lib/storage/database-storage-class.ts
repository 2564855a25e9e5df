import { ApiObject, Chart, JsonPatch } from 'cdk8s';
import { Construct } from 'constructs';
import type { StorageClass } from '../../imports/kubernetes/storage-v1';
import { propsOf } from '../core/manifest';
import { Problem, quote, refuse } from '../core/problems';
import { checkAnnotations, checkLine, checkObjectName, StringMap } from '../core/strings';
import type { Provisioner } from './provisioner';
import type { IStorageClass } from './storage-class-ref';

/** Properties of `DatabaseStorageClass`. */
export interface DatabaseStorageClassProps {
  /**
   * The name of the StorageClass, which is the same for the whole cluster.
   *
   * @default - the construct's id
   */
  readonly name?: string;
  /** Who makes the volumes. */
  readonly provisioner: Provisioner;
  /**
   * Options of the file system's mount.
   *
   * @default - none
   */
  readonly mountOptions?: string[];
}

/**
 * A StorageClass for databases: its volumes are kept when their claim is deleted, are made in the zone of the pod that needs
 * them, and can grow where the provisioner can.
 */
export class DatabaseStorageClass extends Construct implements IStorageClass {
  public readonly storageClassName: string;
  public readonly csi: boolean;
  public readonly fixedSize: boolean;

  public constructor(scope: Construct, id: string, props: DatabaseStorageClassProps) {
    super(scope, id);
    this.storageClassName = props.name ?? id;
    this.csi = props.provisioner.isCsi;
    this.fixedSize = props.provisioner.fixedSize;
    const { driver, parameters } = props.provisioner;
    refuse(`DatabaseStorageClass ${quote(this.node.path)}`, [
      ...checkObjectName('name', this.storageClassName),
      ...this.checkAlone(),
      ...checkObjectName('provisioner.driver', driver.replace('/', '.')).map(problem => ({ ...problem, got: quote(driver) })),
      ...checkAnnotations(parameters, 'provisioner.parameters'),
      ...(props.mountOptions ?? []).flatMap((option, index) => checkLine(`mountOptions[${index}]`, option)),
    ]);
    const object = new ApiObject(this, 'Resource', propsOf(storageClass(this.storageClassName, props.provisioner, props.mountOptions ?? [], parameters)));
    // A class belongs to the cluster, whatever namespace its chart has.
    if (object.metadata.namespace !== undefined) { object.addJsonPatch(JsonPatch.remove('/metadata/namespace')); }
  }

  // Of two classes of one name the one that is applied last would decide where and how new volumes are made.
  private checkAlone(): Problem[] {
    const others = Chart.of(this).node.findAll().filter(other => other instanceof DatabaseStorageClass && other !== this && other.storageClassName === this.storageClassName);
    return others.map(other => ({ path: 'name', got: quote(this.storageClassName), want: 'a name of its own in the chart', remedy: `"${other.node.path}" has this one` }));
  }
}

function storageClass(name: string, provisioner: Provisioner, mountOptions: string[], parameters: StringMap): StorageClass {
  return {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name },
    provisioner: provisioner.driver,
    ...(Object.keys(parameters).length === 0 ? {} : { parameters }),
    reclaimPolicy: 'Retain',
    volumeBindingMode: 'WaitForFirstConsumer',
    allowVolumeExpansion: !provisioner.fixedSize,
    ...(mountOptions.length === 0 ? {} : { mountOptions }),
  };
}
