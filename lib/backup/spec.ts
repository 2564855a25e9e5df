import { Duration, Size } from 'cdk8s';
import type { IDatabase } from '../core/database';
import type { DumpPlan } from '../core/dump-plan';
import { Problem, quote, under } from '../core/problems';
import { bytes } from '../core/quantity';
import { checkAnnotations, checkLine, checkObjectName, checkSecretKey, StringMap } from '../core/strings';
import { checkDatabaseName } from '../core/names';
import type { IStorageClass } from '../storage/storage-class-ref';
import { checkEncryption } from './encryption';
import { BackupMethod } from './method';
import type { BackupProps, BackupUser } from './props';
import { Retention, checkRetention } from './retention';
import { checkPrefix } from './s3';
import { TransferSpec, TRANSFER_IMAGE } from './transfer';

/** A backup with every default filled in. */
export interface BackupSpec {
  readonly name: string;
  readonly database: IDatabase;
  readonly method: BackupMethod;
  readonly transfer: TransferSpec;
  readonly retention: Retention;
  readonly user: Required<BackupUser>;
  readonly scratchSize: Size;
  readonly scratchClass: IStorageClass | undefined;
  readonly timeout: Duration;
  readonly retries: number;
  readonly acceptEmpty: boolean;
  readonly serviceAccountAnnotations: StringMap;
}

/** Fills in the defaults, field by field. */
export function resolveBackup(id: string, namespace: string | undefined, props: BackupProps, retention: Retention): BackupSpec {
  const name = props.name ?? id;
  const { connection } = props.database;
  const method = props.method ?? BackupMethod.logical();
  const login = toolOf(props.database, method)?.login ?? { username: connection.username, passwordKey: connection.passwordKey };
  const folder = props.folder ?? [...(namespace === undefined ? [] : [namespace]), name].join('/');
  return {
    name,
    database: props.database,
    method,
    transfer: { destination: props.destination, encryption: props.encryption, folder, image: props.transferImage ?? TRANSFER_IMAGE },
    retention,
    user: {
      name: props.user?.name ?? login.username, passwordKey: props.user?.passwordKey ?? login.passwordKey, secretName: props.user?.secretName ?? connection.secretName,
    },
    scratchSize: props.scratch?.size ?? Size.gibibytes(10),
    scratchClass: props.scratch?.storageClass,
    timeout: props.timeout ?? Duration.hours(6),
    retries: props.retries ?? 1,
    acceptEmpty: props.acceptEmpty ?? false,
    serviceAccountAnnotations: props.serviceAccountAnnotations ?? {},
  };
}

/** How the engine makes such a backup; undefined where it doesn't. */
export function dumpPlanOf(spec: BackupSpec): DumpPlan | undefined {
  return toolOf(spec.database, spec.method);
}

function toolOf(database: IDatabase, method: BackupMethod): DumpPlan | undefined {
  return database.engine.backupSupport.tools.find(({ kind }) => kind === method.kind)?.dump;
}

/** Everything that is wrong, in the order of the props. */
export function checkBackup(spec: BackupSpec, namespace: string | undefined, ofDatabase: string | undefined): Problem[] {
  const { acceptEmpty: _, retries, scratchClass, scratchSize, transfer, user } = spec;
  const seconds = spec.timeout.toSeconds({ integral: false });
  return [
    ...checkDatabaseName('name', spec.name),
    ...(namespace === ofDatabase ? [] : [{ path: 'database', got: `a database in ${name(ofDatabase)}`, want: `one in ${name(namespace)}`,
      remedy: 'its Secrets are in its own namespace; put the backup into a chart of that namespace' }]),
    ...checkMethod(spec),
    ...under('destination', transfer.destination.problems),
    ...checkPrefix('folder', transfer.folder),
    ...(transfer.encryption === undefined ? [] : checkEncryption('encryption', transfer.encryption)),
    ...checkRetention('retention', spec.retention),
    ...under('user', [...(user.name === '' ? [] : checkLine('name', user.name)), ...checkPassword(user)]),
    ...(bytes(scratchSize) >= 2 ** 28 ? [] : [{ path: 'scratch.size', got: scratchSize.asString(), want: 'at least 256Mi' }]),
    ...(scratchClass === undefined ? [] : checkObjectName('scratch.storageClass', scratchClass.storageClassName)),
    ...(Number.isInteger(seconds) && seconds >= 60 ? [] : [{ path: 'timeout', got: `${seconds} s`, want: 'whole seconds, at least 60' }]),
    ...(Number.isInteger(retries) && retries >= 0 && retries <= 5 ? [] : [{ path: 'retries', got: `${retries}`, want: 'a whole number from 0 to 5' }]),
    ...checkAnnotations(spec.serviceAccountAnnotations, 'serviceAccountAnnotations'),
    ...checkTransferImage('transferImage', transfer.image),
  ];
}

function checkMethod({ database, method }: BackupSpec): Problem[] {
  const { backupSupport, name: engine } = database.engine;
  const kinds = backupSupport.tools.filter(({ dump }) => dump !== undefined).map(({ kind }) => `${kind}`);
  if (kinds.includes(method.kind)) { return []; }
  const reason = backupSupport.noneBecause ?? `its own tools can: ${backupSupport.tools.map(({ tool }) => tool).join(', ')}`;
  return [{ path: 'method', got: method.kind, want: kinds.length === 0 ? `no backup of ${engine} by this library` : `one of ${kinds.join(', ')}`, remedy: reason }];
}

function checkPassword({ passwordKey, secretName }: Required<BackupUser>): Problem[] {
  if (passwordKey === '') { return []; }
  return [...checkObjectName('secretName', secretName), ...checkSecretKey('passwordKey', passwordKey)];
}

/** An image with a fixed tag. */
export function checkTransferImage(path: string, image: string): Problem[] {
  const pinned = /^[a-z0-9][\w./:-]*(?::(?!latest$)\w[\w.-]{0,127}|@sha256:[0-9a-f]{64})$/.test(image);
  return pinned ? checkLine(path, image) : [{ path, got: quote(image), want: 'an image with a tag other than "latest", or with a digest' }];
}

function name(namespace: string | undefined): string {
  return namespace === undefined ? 'no namespace' : `namespace ${quote(namespace)}`;
}
