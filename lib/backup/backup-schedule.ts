import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import type { IEngine } from '../core/engine';
import type { FetchPlan, IBackup } from '../core/fetch-plan';
import type { ImageProps } from '../core/image-props';
import { propsOf } from '../core/manifest';
import { jobObjects } from '../core/names';
import { quote, refuse } from '../core/problems';
import type { RecoveryTarget } from '../core/recovery-target';
import { reserve } from '../core/reservations';
import { checkSchedule, resolveSchedule } from '../core/schedule';
import { fetchPlan } from './backup-store';
import { cronJob } from '../workload/job';
import { addBackupObjects } from './objects';
import type { BackupScheduleProps } from './props';
import { Retention } from './retention';
import { BackupSpec, checkBackup, dumpPlanOf, resolveBackup } from './spec';
import { reserveFolder } from './folder';
import { backupPod, objectLabelsOf } from './pod';
import type { DumpPlan } from '../core/dump-plan';

/**
 * Backups at regular times: a CronJob that dumps, verifies by reading all of it, uploads, reads everything back from the
 * destination, and only then makes the backup visible and removes old ones.
 *
 * A failure anywhere fails the Job, whose last line says what and why, and leaves every backup that exists as it is.
 */
export class BackupSchedule extends Construct implements IBackup {
  /** The name of the CronJob. */
  public readonly backupName: string;
  /** The folder below the destination, for a `BackupStore` in another cluster. */
  public readonly folder: string;
  public readonly engine: IEngine;
  public readonly image: ImageProps;
  /** The CronJob, for `addJsonPatch`: the way out when a field is missing. */
  public readonly apiObject: ApiObject;
  private readonly spec: BackupSpec;

  public constructor(scope: Construct, id: string, props: BackupScheduleProps) {
    super(scope, id);
    const namespace = Chart.of(this).namespace;
    const spec = resolveBackup(id, namespace, props, props.retention ?? Retention.tiers({ daily: 7, weekly: 4, monthly: 12 }));
    const when = resolveSchedule(props);
    refuse(`BackupSchedule ${quote(this.node.path)}`, [
      ...checkBackup(spec, namespace, Chart.of(props.database).namespace),
      ...checkSchedule(when),
      ...reserve(this, namespace, spec.name, jobObjects('CronJob', spec.name)),
      ...reserveFolder(this, spec.transfer),
    ]);
    const dump = dumpPlanOf(spec) as DumpPlan;
    this.spec = spec;
    this.backupName = spec.name;
    this.folder = spec.transfer.folder;
    this.engine = spec.database.engine;
    this.image = spec.database.image;
    addBackupObjects(this, spec, dump);
    this.apiObject = new ApiObject(this, 'Resource', propsOf(cronJob({ ...spec, labels: objectLabelsOf(spec) }, backupPod(spec, dump), when)));
  }

  public fetchPlan(target: RecoveryTarget): FetchPlan { return fetchPlan(this.spec.transfer, this.engine, target); }
}
