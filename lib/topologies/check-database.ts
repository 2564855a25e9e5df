import { Duration } from 'cdk8s';
import { checkCpu, cores } from '../core/cpu';
import { checkBackupSource, checkDataSource } from '../core/data-source';
import { checkKubernetesVersion } from '../core/kubernetes-version';
import { checkDatabaseName, checkOwnKeys, databaseNames } from '../core/names';
import { Problem, quote, under } from '../core/problems';
import { checkSnapshots } from '../core/snapshot-names';
import { checkAnnotations, checkLabels, checkLine, checkObjectName } from '../core/strings';
import { checkNetwork } from '../networking/props';
import { checkScheduling } from '../scheduling/props';
import { checkCredentials } from '../security/credentials';
import { checkAcknowledged } from '../core/warnings';
import { checkTls } from '../security/tls';
import { checkGuards, guards } from '../storage/gitops';
import { checkStorage } from '../storage/props';
import { checkSnapshotVolumes } from '../storage/snapshot';
import { ImageUser } from '../core/image-props';
import type { DatabaseSpec } from './database-spec';

/** Everything that is wrong, room by room, in the order of the props. */
export function checkDatabase(spec: DatabaseSpec): Problem[] {
  return [
    ...checkDatabaseName('name', spec.name),
    ...checkStorage(spec.storage),
    ...checkGuards('storage.annotations', spec.storage.annotations, guards(spec.gitOps, spec.storage.onDelete)),
    ...(spec.credentials.secretName === databaseNames(spec.name).credentials ? [] : checkCredentials('credentials', spec.credentials)),
    ...checkCpu('resources.cpu', spec.cpu),
    ...(spec.cpuLimit === undefined ? [] : checkCpu('resources.cpuLimit', spec.cpuLimit, cores(spec.cpu))),
    ...checkScheduling(spec.scheduling),
    ...checkNetwork(spec.network),
    ...checkTls('tls', spec.tls),
    ...checkLogVolume(spec),
    ...checkSource('dataSource', spec),
    ...checkSeconds('shutdownTimeout', spec.shutdownTimeout, 30),
    ...checkSeconds('startupTimeout', spec.request.startupTimeout, 300),
    ...(spec.request.image === undefined ? [] : checkImage('image', spec.request.image)),
    ...checkImageUser('imageUser', spec.imageUser),
    ...checkAcknowledged('acknowledgedWarnings', spec.acknowledgedWarnings, spec.engine.warnings(spec.request)),
    ...spec.imagePullSecrets.flatMap((secret, index) => checkObjectName(`imagePullSecrets[${index}]`, secret)),
    ...under('podMetadata', [...checkLabels(spec.podLabels, 'labels'), ...checkAnnotations(spec.podAnnotations, 'annotations')]),
    ...checkLabels(spec.labels, 'labels'),
    ...checkOwnKeys('labels', spec.labels),
    ...checkOwnKeys('podMetadata.labels', spec.podLabels),
    ...checkOwnKeys('podMetadata.annotations', spec.podAnnotations),
    ...checkAnnotations(spec.annotations, 'annotations'),
    ...checkKubernetesVersion('kubernetesVersion', spec.kubernetesVersion),
    ...spec.engine.check(spec.request),
  ];
}

function checkSource(path: string, { engine, storage }: DatabaseSpec): Problem[] {
  return [
    ...checkDataSource(path, storage.source, storage.wal !== undefined),
    ...checkSnapshots(path, storage.source.snapshots, engine),
    ...checkSnapshotVolumes(storage),
    ...checkBackupSource(path, storage.source, engine),
  ];
}

function checkSeconds(path: string, duration: Duration, least: number): Problem[] {
  const seconds = duration.toSeconds({ integral: false });
  return Number.isInteger(seconds) && seconds >= least ? [] : [{ path, got: `${seconds} s`, want: `whole seconds, at least ${least}` }];
}

function checkLogVolume(spec: DatabaseSpec): Problem[] {
  const wal = spec.storage.wal;
  if (wal === undefined || spec.engine.separatesLog) { return []; }
  return [{ path: 'storage.wal', got: wal.size.asString(), want: `no volume of its own for the log: ${spec.engine.name} keeps it beside the data` }];
}

function checkImageUser(path: string, owner: ImageUser | undefined): Problem[] {
  return Object.entries(owner ?? {}).filter(([, id]) => !(Number.isInteger(id) && id >= 1 && id <= 2147483647))
    .map(([key, id]) => ({ path: `${path}.${key}`, got: `${id}`, want: 'a whole number from 1 to 2147483647; nothing here runs as root' }));
}

function checkImage(path: string, image: string): Problem[] {
  const pinned = /^[a-z0-9][\w./:-]*(?::(?!latest$)\w[\w.-]{0,127}|@sha256:[0-9a-f]{64})$/.test(image);
  return pinned ? checkLine(path, image) : [{ path, got: quote(image), want: 'an image with a tag other than "latest", or with a digest' }];
}
