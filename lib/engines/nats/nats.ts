import { Duration, Size } from 'cdk8s';
import { BackupKind, BackupSupport } from '../../core/backup-support';
import type { EngineDefaults, IEngine } from '../../core/engine';
import { Exporter } from '../../core/exporter';
import type { MemberPlan } from '../../core/member-plan';
import type { MemberRequest } from '../../core/member-request';
import { scriptPath } from '../../core/mounts';
import { probes } from '../../core/probes';
import type { Problem } from '../../core/problems';
import { mebibytes } from '../../core/quantity';
import { checkVersion, imageOf, releaseWarnings } from '../../core/releases';
import { readScripts, sharedScripts } from '../../core/scripts';
import type { Warning } from '../../core/warnings';
import { checkSettings, checkSizing } from './check-settings';
import { scratch, serverEnvironment } from './member';
import type { NatsOptions } from './options';
import { isDeferred, natsConf, PORT, storageConf, VOLUME_FOLDER } from './settings';
import { checkUsers, clientPlan, passwordKeys, resolveUsers, UserSpec, usersList } from './users';
import { checkMinor, minorWarnings, NATS, OWNER, variantWarnings } from './versions';

/** NATS 2 with JetStream, from the official image `docker.io/library/nats` in its Alpine variant. */
export class Nats implements IEngine {
  /** NATS 2. */
  public static v2(options: NatsOptions = {}): Nats { return new Nats('2', options); }
  /** A certain release, such as `2.14.2`, or the newest one: `2`. */
  public static of(version: string, options: NatsOptions = {}): Nats { return new Nats(version, options); }

  public readonly name = 'nats';
  public readonly defaults: EngineDefaults = { memory: Size.gibibytes(1), cpuMillis: 500 };
  public readonly exporter = Exporter.image('docker.io/natsio/prometheus-nats-exporter:0.17.3', { port: 7777 });
  public readonly backupSupport = BackupSupport.by(
    { kind: BackupKind.LOGICAL, tool: 'nats account backup', consistency: 'the server reads out each stream, with its consumers, at one moment of that stream' },
    { kind: BackupKind.VOLUME_SNAPSHOT, tool: 'VolumeSnapshot', consistency: 'one volume at one moment is what a crash leaves' },
  );
  public readonly separatesLog = false;
  private readonly users: UserSpec[];

  private constructor(public readonly version: string, options: NatsOptions) {
    this.users = resolveUsers(options);
  }

  /** Two minutes: all messages are on the disk already, and what is left to write is a small file for each stream and consumer. */
  public shutdownTimeout(_memory: Size): Duration {
    return Duration.minutes(2);
  }

  /** An hour, and six more for every full TiB: after a crash the blocks of all streams are read, and a slow disk reads 50 MiB a second. */
  public startupTimeout(dataSize: Size): Duration {
    return Duration.hours(1 + Math.floor(mebibytes(dataSize) / (1024 * 1024)) * 6);
  }

  public warnings(request: MemberRequest): Warning[] {
    return [
      ...releaseWarnings(NATS, this.version),
      ...minorWarnings(this.version),
      ...variantWarnings(request.image),
      ...(isDeferred(request.settings) ? [{ code: 'nats-sync-interval',
        message: `jetstream.sync_interval is ${request.settings['jetstream.sync_interval'] ?? ''}: a crash of the node loses what was acknowledged since the last time` }] : []),
    ];
  }

  public check(request: MemberRequest): Problem[] {
    const version = checkVersion(NATS, this.version);
    return version.length > 0 ? version : [...checkMinor(this.version), ...checkUsers(this.users), ...checkSettings(request), ...checkSizing(request)];
  }

  public plan(request: MemberRequest): MemberPlan {
    return {
      container: this.name,
      image: request.image ?? imageOf(NATS, this.version),
      ...OWNER,
      command: [scriptPath('start.sh')],
      environment: serverEnvironment(request, this.version),
      files: { 'nats.conf': natsConf(request), 'storage.conf': storageConf(request), 'users.list': usersList(this.users) },
      liveFiles: ['storage.conf', 'users.list'],
      scripts: { ...readScripts(__dirname), ...sharedScripts('volume.sh') },
      dataMount: VOLUME_FOLDER,
      ports: [{ name: 'nats', port: PORT, forClients: true }],
      scratch: scratch(),
      ...probes({ budget: request.startupTimeout }),
      stopCommand: [],
      passwordKeys: passwordKeys(this.users),
      companions: [],
      client: clientPlan(this.users),
      nodeRequirements: [],
    };
  }
}
