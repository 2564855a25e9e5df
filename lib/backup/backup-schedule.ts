import { ApiObject, Chart, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import type { FetchPlan, IBackup } from '../core/fetch-plan';
import { propsOf } from '../core/manifest';
import { jobObjects } from '../core/names';
import { Problem, quote, refuse } from '../core/problems';
import type { RecoveryTarget } from '../core/recovery-target';
import { reserve } from '../core/reservations';
import { fetchPlan } from './backup-store';
import { cronJob } from './job';
import { addBackupObjects } from './objects';
import type { BackupScheduleProps } from './props';
import { BackupSpec, checkBackup, dumpPlanOf, resolveBackup } from './spec';
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
  public readonly format: string;
  /** The CronJob, for `addJsonPatch`: the way out when a field is missing. */
  public readonly apiObject: ApiObject;
  private readonly spec: BackupSpec;

  public constructor(scope: Construct, id: string, props: BackupScheduleProps) {
    super(scope, id);
    const namespace = Chart.of(this).namespace;
    const spec = resolveBackup(id, namespace, props);
    const startingDeadline = props.startingDeadline ?? Duration.hours(1);
    refuse(`BackupSchedule ${quote(this.node.path)}`, [
      ...checkBackup(spec, namespace, Chart.of(props.database).namespace),
      ...checkWhen(props, startingDeadline),
      ...reserve(this, namespace, spec.name, jobObjects('CronJob', spec.name)),
    ]);
    const dump = dumpPlanOf(spec) as DumpPlan;
    this.spec = spec;
    this.backupName = spec.name;
    this.folder = spec.transfer.folder;
    this.format = dump.format;
    addBackupObjects(this, spec, dump);
    this.apiObject = new ApiObject(this, 'Resource', propsOf(cronJob({ ...spec, labels: objectLabelsOf(spec) }, backupPod(spec, dump), {
      schedule: props.schedule.expressionString,
      timeZone: props.timeZone ?? 'Etc/UTC',
      startingSeconds: startingDeadline.toSeconds(),
      suspend: props.suspend ?? false,
    })));
  }

  public fetchPlan(target: RecoveryTarget): FetchPlan { return fetchPlan(this.spec.transfer, this.format, target); }
}

const FIELD = /^(?:\*|[0-9A-Za-z]+(?:-[0-9A-Za-z]+)?)(?:\/\d+)?(?:,(?:\*|[0-9A-Za-z]+(?:-[0-9A-Za-z]+)?)(?:\/\d+)?)*$/;

/** Refuses a schedule that Kubernetes would not take. */
export function checkWhen(props: Pick<BackupScheduleProps, 'schedule' | 'timeZone'>, startingDeadline: Duration): Problem[] {
  const expression = props.schedule.expressionString;
  const seconds = startingDeadline.toSeconds({ integral: false });
  const zone = props.timeZone ?? 'Etc/UTC';
  return [
    ...(expression.split(' ').length === 5 && expression.split(' ').every(field => FIELD.test(field)) ? []
      : [{ path: 'schedule', got: quote(expression), want: 'five fields, such as Cron.schedule({ minute: \'0\', hour: \'3\' })' }]),
    ...(/^[A-Z][A-Za-z0-9_+-]*(?:\/[A-Z][A-Za-z0-9_+-]*){0,2}$/.test(zone) && zone !== 'Local' ? []
      : [{ path: 'timeZone', got: quote(zone), want: 'a name of the tz database, such as "Europe/Berlin"' }]),
    // The controller looks every ten seconds; with less, a run may never begin (kubernetes.io, CronJob).
    ...(Number.isInteger(seconds) && seconds >= 10 ? [] : [{ path: 'startingDeadline', got: `${seconds} s`, want: 'whole seconds, at least 10' }]),
  ];
}
