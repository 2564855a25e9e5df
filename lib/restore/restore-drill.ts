import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { checkBackupNamespace } from '../core/backup-namespace';
import { propsOf } from '../core/manifest';
import type { MemberPlan } from '../core/member-plan';
import { jobNames, jobObjects } from '../core/names';
import { quote, refuse } from '../core/problems';
import { reserve } from '../core/reservations';
import { jobPolicy } from '../networking/job-policy';
import { serviceAccount } from '../security/service-account';
import { cronJob } from '../workload/job';
import { filesConfigMap } from '../workload/mounted-files';
import { drillFiles, drillLabels, drillPod, objectLabelsOf } from './drill-pod';
import type { RestoreDrillProps } from './props';
import { checkDrill, DrillSpec, resolveDrill } from './spec';

/**
 * Proves at regular times that a backup can be restored: a CronJob that fetches it, makes a database of it on an ephemeral volume by
 * the same scripts that a real restore runs, starts the real server, and asks it.
 *
 * It fails if the backup is missing, cut off, encrypted with another key or too old, if the server doesn't start, has not what the manifest
 * counts, fails the engine's own check or an assertion. It has no rights in the cluster, and never talks to the database. The time of
 * its last success is the metric `kube_cronjob_status_last_successful_time` of kube-state-metrics.
 */
export class RestoreDrill extends Construct {
  /** The name of the CronJob. */
  public readonly drillName: string;
  /** The CronJob, for `addJsonPatch`: the way out when a field is missing. */
  public readonly apiObject: ApiObject;

  public constructor(scope: Construct, id: string, props: RestoreDrillProps) {
    super(scope, id);
    const namespace = Chart.of(this).namespace;
    const spec = resolveDrill(id, props);
    refuse(`RestoreDrill ${quote(this.node.path)}`, [
      ...checkBackupNamespace('backup', this, spec.backup), ...checkDrill(spec), ...reserve(this, namespace, spec.name, jobObjects('CronJob', spec.name)),
    ]);
    const { imageUser } = spec.backup.image;
    const plan: MemberPlan = { ...spec.backup.engine.plan(spec.request), ...imageUser };
    this.drillName = spec.name;
    this.addObjects(spec, plan);
    const job = { name: spec.name, labels: objectLabelsOf(spec), retries: 0, timeout: spec.timeout };
    this.apiObject = new ApiObject(this, 'Resource', propsOf(cronJob(job, drillPod(spec, plan), spec.when)));
  }

  private addObjects(spec: DrillSpec, plan: MemberPlan): void {
    const names = jobNames(spec.name);
    const labels = objectLabelsOf(spec);
    const { config, scripts } = drillFiles(spec, plan);
    new ApiObject(this, 'ServiceAccount', propsOf(serviceAccount(names.serviceAccount, labels)));
    new ApiObject(this, 'Config', propsOf(filesConfigMap(names.config, labels, config)));
    new ApiObject(this, 'Scripts', propsOf(filesConfigMap(names.scripts, labels, scripts)));
    new ApiObject(this, 'NetworkPolicy', propsOf(jobPolicy({
      name: names.networkPolicy, labels, selector: drillLabels(spec), servers: [], outwards: spec.backup.fetchPlan(spec.at).ports,
    })));
  }
}
