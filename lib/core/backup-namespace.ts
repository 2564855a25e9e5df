import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import type { IConstruct } from 'constructs';
import type { IBackup } from './fetch-plan';
import { Problem, quote } from './problems';

/** Refuses a schedule of another namespace: the Secrets of its destination are there, and not here. */
export function checkBackupNamespace(path: string, scope: IConstruct, backup: IBackup | undefined): Problem[] {
  if (backup === undefined || !Construct.isConstruct(backup)) { return []; }
  const [here, there] = [scope, backup].map(each => Chart.of(each).namespace ?? '');
  if (here === there) { return []; }
  return [{ path, got: `backups of namespace ${quote(there ?? '')}`, want: `backups of namespace ${quote(here ?? '')}`,
    remedy: 'or a BackupStore with the same destination and folder, whose Secrets are here' }];
}
