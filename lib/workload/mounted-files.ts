import { createHash } from 'crypto';
import type { ConfigMap, Volume, VolumeMount } from '../../imports/kubernetes/core-v1';
import type { MemberPlan } from '../core/member-plan';
import { MOUNTS } from '../core/mounts';
import { sortedEntries, StringMap } from '../core/strings';

const VOLUMES = { config: 'config', scripts: 'scripts' } as const;

/** Which ConfigMaps a pod's files come from. */
export interface MountedFilesSpec {
  readonly config: string;
  readonly scripts: string;
}

/** A ConfigMap of files. */
export function filesConfigMap(name: string, labels: StringMap, files: StringMap): ConfigMap {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, labels }, data: Object.fromEntries(sortedEntries(files)) };
}

/** The checksum of all files that take effect with a restart; on the pod template, it makes that restart. */
export function filesChecksum(plan: MemberPlan): string {
  const restarting = sortedEntries(plan.files).filter(([name]) => !plan.liveFiles.includes(name));
  return createHash('sha256').update(JSON.stringify([restarting, sortedEntries(plan.scripts)])).digest('hex');
}

/** The volumes of configuration and scripts. */
export function fileVolumes(spec: MountedFilesSpec): Volume[] {
  return [
    { name: VOLUMES.config, configMap: { name: spec.config, defaultMode: 0o444 } },
    { name: VOLUMES.scripts, configMap: { name: spec.scripts, defaultMode: 0o555 } },
  ];
}

/** Where they are mounted, in every container of the pod. Never with `subPath`, which would never see a change. */
export function fileMounts(): VolumeMount[] {
  return [
    { name: VOLUMES.config, mountPath: MOUNTS.config, readOnly: true },
    { name: VOLUMES.scripts, mountPath: MOUNTS.scripts, readOnly: true },
  ];
}
