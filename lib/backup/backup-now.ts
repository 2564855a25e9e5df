import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import type { DumpPlan } from '../core/dump-plan';
import type { IEngine } from '../core/engine';
import type { FetchPlan, IBackup } from '../core/fetch-plan';
import type { ImageProps } from '../core/image-props';
import { propsOf } from '../core/manifest';
import { jobObjects } from '../core/names';
import { quote, refuse } from '../core/problems';
import type { RecoveryTarget } from '../core/recovery-target';
import { reserve } from '../core/reservations';
import { fetchPlan } from './backup-store';
import { job } from '../workload/job';
import { addBackupObjects } from './objects';
import { backupPod, objectLabelsOf } from './pod';
import type { BackupProps } from './props';
import { Retention } from './retention';
import { BackupSpec, checkBackup, dumpPlanOf, resolveBackup } from './spec';

/**
 * One backup, made as soon as it is applied, and never again: before an upgrade, say.
 *
 * Give it the `folder` of a schedule to count among its backups; it removes none itself. A Job can't be changed: take it out of the code in the
 * commit that changes the engine's version, or anything else of it, and give the next one another name.
 */
export class BackupNow extends Construct implements IBackup {
  /** The name of the Job. */
  public readonly backupName: string;
  /** The folder below the destination. */
  public readonly folder: string;
  public readonly engine: IEngine;
  public readonly image: ImageProps;
  /** The Job, for `addJsonPatch`: the way out when a field is missing. */
  public readonly apiObject: ApiObject;
  private readonly spec: BackupSpec;

  public constructor(scope: Construct, id: string, props: BackupProps) {
    super(scope, id);
    const namespace = Chart.of(this).namespace;
    const spec = resolveBackup(id, namespace, props, Retention.forever());
    refuse(`BackupNow ${quote(this.node.path)}`, [
      ...checkBackup(spec, namespace, Chart.of(props.database).namespace),
      ...reserve(this, namespace, spec.name, jobObjects('Job', spec.name)),
    ]);
    const dump = dumpPlanOf(spec) as DumpPlan;
    this.spec = spec;
    this.backupName = spec.name;
    this.folder = spec.transfer.folder;
    this.engine = spec.database.engine;
    this.image = spec.database.image;
    addBackupObjects(this, spec, dump);
    this.apiObject = new ApiObject(this, 'Resource', propsOf(job({ ...spec, labels: objectLabelsOf(spec) }, backupPod(spec, dump))));
  }

  public fetchPlan(target: RecoveryTarget): FetchPlan { return fetchPlan(this.spec.transfer, this.engine, target); }
}
