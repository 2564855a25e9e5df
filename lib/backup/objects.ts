import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { Client } from '../core/client';
import type { DumpPlan } from '../core/dump-plan';
import { propsOf } from '../core/manifest';
import { jobNames } from '../core/names';
import { jobPolicy } from '../networking/job-policy';
import { serviceAccount } from '../security/service-account';
import { filesConfigMap } from '../workload/mounted-files';
import { backupFiles, backupLabels, objectLabelsOf } from './pod';
import type { BackupSpec } from './spec';

/** What the backup's pods need beside themselves, and the way to the database. */
export function addBackupObjects(scope: Construct, spec: BackupSpec, dump: DumpPlan): void {
  const { connection, podLabels } = spec.database;
  const names = jobNames(spec.name);
  const labels = objectLabelsOf(spec);
  const { config, scripts } = backupFiles(spec, dump);
  const account = serviceAccount(names.serviceAccount, labels, spec.serviceAccountAnnotations);
  new ApiObject(scope, 'ServiceAccount', propsOf(account));
  new ApiObject(scope, 'Config', propsOf(filesConfigMap(names.config, labels, config)));
  new ApiObject(scope, 'Scripts', propsOf(filesConfigMap(names.scripts, labels, scripts)));
  new ApiObject(scope, 'NetworkPolicy', propsOf(jobPolicy({
    name: names.networkPolicy, labels, selector: backupLabels(spec), outwards: spec.transfer.destination.ports,
    servers: [{ podLabels, port: connection.port }],
  })));
  spec.database.allowFrom(Client.pods({ ...backupLabels(spec) }));
}
