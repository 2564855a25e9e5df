import { Size } from 'cdk8s';
import type { Container, Volume, VolumeMount } from '../../imports/kubernetes/core-v1';
import { Cpu } from '../core/cpu';
import type { FetchPlan } from '../core/fetch-plan';
import type { MemberPlan, ScratchPlan } from '../core/member-plan';
import { MOUNTS, scriptPath } from '../core/mounts';
import { secretMount, secretVolume } from '../security/secret-files';
import { ContainerSpec, dataVolumeMount, environment } from './containers';
import { fileMounts } from './mounted-files';
import { resources } from './resources';

// What rclone needs for eight parallel parts of 5 MiB, and to spare; the folder holds its configuration with the passwords.
const RUN: ScratchPlan = { name: 'fetch-run', path: '/run/fetch', size: Size.mebibytes(16), inMemory: true };
const MEMORY = Size.mebibytes(256);

/** The init container that puts a backup onto the volume of a new database, and does nothing on one that has been through it. */
export function fetchContainer(spec: ContainerSpec, plan: MemberPlan, fetch: FetchPlan): Container {
  return {
    name: 'fetch',
    image: fetch.image,
    imagePullPolicy: spec.imagePullPolicy,
    command: [scriptPath('fetch.sh')],
    env: environment({ ...fetch.environment, CONFIG_DIR: MOUNTS.config, RUN_DIR: RUN.path, VOLUME_DIR: plan.dataMount }),
    resources: resources({ memory: MEMORY, cpu: Cpu.millis(100), cpuLimit: undefined, scratch: [] }),
    securityContext: spec.containerSecurity,
    terminationMessagePolicy: 'FallbackToLogsOnError',
    volumeMounts: [dataVolumeMount(plan), ...fileMounts(), ...destinationMounts(fetch, true), { name: RUN.name, mountPath: RUN.path }],
  };
}

/** The volumes that only it uses. */
export function fetchVolumes(fetch: FetchPlan): Volume[] {
  return [...destinationVolumes(fetch, true), { name: RUN.name, emptyDir: { medium: 'Memory', sizeLimit: '16Mi' } }];
}

/** The passwords of the destination, and the claim that backups lie on. */
export function destinationVolumes(plan: Pick<FetchPlan, 'secrets' | 'claim'>, readOnly: boolean): Volume[] {
  const claim = plan.claim === undefined ? [] : [{ name: 'backups', persistentVolumeClaim: { claimName: plan.claim.claim, ...(readOnly ? { readOnly } : {}) } }];
  return [...plan.secrets.map(secretVolume), ...claim];
}

/** Where they are mounted. */
export function destinationMounts(plan: Pick<FetchPlan, 'secrets' | 'claim'>, readOnly: boolean): VolumeMount[] {
  const claim = plan.claim === undefined ? [] : [{ name: 'backups', mountPath: plan.claim.path, ...(readOnly ? { readOnly } : {}) }];
  return [...plan.secrets.map(secretMount), ...claim];
}
