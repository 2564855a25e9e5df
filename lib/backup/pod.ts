import { Size } from 'cdk8s';
import type { Container, PodTemplateSpec, Volume, VolumeMount } from '../../imports/kubernetes/core-v1';
import { Cpu } from '../core/cpu';
import type { DumpPlan } from '../core/dump-plan';
import { MOUNTS, scriptPath } from '../core/mounts';
import { jobLabels, jobNames, objectLabels } from '../core/names';
import { quantity } from '../core/quantity';
import { sharedScripts } from '../core/scripts';
import type { StringMap } from '../core/strings';
import { containerSecurity, OwnerSpec, podSecurity } from '../security/pod-security';
import { SecretFilesSpec, secretMount, secretVolume } from '../security/secret-files';
import { environment } from '../workload/containers';
import { destinationMounts, destinationVolumes } from '../workload/fetch-container';
import { fileMounts, fileVolumes } from '../workload/mounted-files';
import { resources } from '../workload/resources';
import type { BackupSpec } from './spec';
import { only, transferPlan } from './transfer';

const WORK = { name: 'work', mountPath: '/scratch' };
const RUN = { name: 'run', mountPath: '/run/backup' };
const TMP = { name: 'tmp', mountPath: '/tmp' };
// rclone takes 16 MiB for each of four files at a time, and as much for itself.
const TRANSFER_MEMORY = Size.mebibytes(256);

/** What the backup's pod finds in its ConfigMaps. */
export function backupFiles(spec: BackupSpec, dump: DumpPlan): { config: StringMap; scripts: StringMap } {
  const transfer = transferPlan(spec.transfer);
  const moving = only(transfer.scripts, 'destination.sh', 'prepare.sh', 'publish.sh', 'retention.awk', 'store.sh');
  return { config: transfer.files, scripts: { ...sharedScripts('backup.sh', 'json.sh', 'manifest.sh'), ...moving, ...dump.scripts } };
}

/** The labels by which the pods of a backup are found. */
export function backupLabels(spec: BackupSpec): StringMap {
  return jobLabels(spec.database.engine.name, spec.name, 'backup');
}

/** The labels of the objects and the pods. */
export function objectLabelsOf(spec: BackupSpec): StringMap {
  return { ...objectLabels(spec.database.engine.name, spec.name, {}), ...backupLabels(spec) };
}

/** Look at the destination, dump and verify, upload and verify: three containers, each of which has to succeed before the next. */
export function backupPod(spec: BackupSpec, dump: DumpPlan): PodTemplateSpec {
  const { imagePullSecrets, imageUser } = spec.database.image;
  const owner: OwnerSpec = { user: dump.user, group: dump.group, ...imageUser };
  const names = jobNames(spec.name);
  return {
    metadata: { labels: objectLabelsOf(spec) },
    spec: {
      automountServiceAccountToken: false,
      initContainers: [transferContainer(spec, owner, 'prepare', { DATABASE: spec.database.databaseName, ENGINE: spec.database.engine.name }), dumpContainer(spec, dump, owner)],
      containers: [transferContainer(spec, owner, 'publish', retentionEnvironment(spec))],
      enableServiceLinks: false,
      ...(imagePullSecrets === undefined || imagePullSecrets.length === 0 ? {} : { imagePullSecrets: imagePullSecrets.map(name => ({ name })) }),
      restartPolicy: 'Never',
      securityContext: podSecurity(owner),
      serviceAccountName: names.serviceAccount,
      terminationGracePeriodSeconds: 30,
      volumes: [...fileVolumes({ config: names.config, scripts: names.scripts }), ...credentials(spec).map(secretVolume),
        ...destinationVolumes(transferPlan(spec.transfer), false), ...scratchVolumes(spec)],
    },
  };
}

function transferContainer(spec: BackupSpec, owner: OwnerSpec, name: string, more: StringMap): Container {
  const plan = transferPlan(spec.transfer);
  return {
    name,
    image: plan.image,
    imagePullPolicy: spec.database.image.imagePullPolicy ?? 'IfNotPresent',
    command: [scriptPath(`${name}.sh`)],
    env: environment({ ...plan.environment, ...more, CONFIG_DIR: MOUNTS.config, RUN_DIR: RUN.mountPath, WORK: WORK.mountPath }),
    resources: resources({ memory: TRANSFER_MEMORY, cpu: Cpu.millis(100), cpuLimit: undefined, scratch: [] }),
    securityContext: containerSecurity(owner),
    terminationMessagePolicy: 'FallbackToLogsOnError',
    volumeMounts: [...fileMounts(), ...destinationMounts(plan, false), WORK, RUN, TMP],
  };
}

function dumpContainer(spec: BackupSpec, dump: DumpPlan, owner: OwnerSpec): Container {
  const onDisk = spec.scratchClass === undefined ? [{ name: WORK.name, path: WORK.mountPath, size: spec.scratchSize, inMemory: false }] : [];
  return {
    name: 'dump',
    image: spec.database.image.image ?? dump.image,
    imagePullPolicy: spec.database.image.imagePullPolicy ?? 'IfNotPresent',
    command: [scriptPath('backup.sh')],
    env: environment({ ...dump.environment, ...dumpEnvironment(spec) }),
    resources: resources({ memory: dump.memory, cpu: Cpu.millis(dump.cpuMillis), cpuLimit: undefined, scratch: onDisk }),
    securityContext: containerSecurity(owner),
    terminationMessagePolicy: 'FallbackToLogsOnError',
    volumeMounts: [...fileMounts(), ...credentials(spec).map(secretMount), WORK, RUN, TMP],
  };
}

function dumpEnvironment({ acceptEmpty, database, method, user }: BackupSpec): StringMap {
  const { connection } = database;
  return {
    ACCEPT_EMPTY: `${acceptEmpty}`,
    DATABASE: database.databaseName,
    DB_HOST: connection.host,
    DB_NAME: connection.database,
    DB_PORT: `${connection.port}`,
    DB_USER: user.name,
    ENGINE: database.engine.name,
    METHOD: method.kind,
    PASSWORD_FILE: user.passwordKey === '' ? '' : `${MOUNTS.credentials}/${user.passwordKey}`,
    RUN_DIR: RUN.mountPath,
    TLS: `${connection.tlsRequired}`,
    WORK: WORK.mountPath,
  };
}

function retentionEnvironment({ retention }: BackupSpec): StringMap {
  const { daily, keepAtLeast, monthly, prunes, weekly, yearly } = retention;
  return {
    KEEP_DAILY: `${daily}`, KEEP_LEAST: `${prunes ? keepAtLeast : 0}`, KEEP_MONTHLY: `${monthly}`, KEEP_WEEKLY: `${weekly}`, KEEP_YEARLY: `${yearly}`,
  };
}

function credentials({ user }: BackupSpec): SecretFilesSpec[] {
  return user.passwordKey === '' ? [] : [{ volume: 'credentials', secret: user.secretName, keys: [user.passwordKey], path: MOUNTS.credentials }];
}

function scratchVolumes({ scratchClass, scratchSize }: BackupSpec): Volume[] {
  const size = quantity(scratchSize);
  const claim = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: size } }, storageClassName: scratchClass?.storageClassName, volumeMode: 'Filesystem' };
  const small = (mount: VolumeMount, sizeLimit: string, medium: object): Volume => ({ name: mount.name, emptyDir: { ...medium, sizeLimit } });
  return [
    scratchClass === undefined ? { name: WORK.name, emptyDir: { sizeLimit: size } } : { name: WORK.name, ephemeral: { volumeClaimTemplate: { spec: claim } } },
    // Passwords are written here, in memory.
    small(RUN, '16Mi', { medium: 'Memory' }),
    small(TMP, '64Mi', {}),
  ];
}
