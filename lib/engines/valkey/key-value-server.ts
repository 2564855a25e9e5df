import { Duration, Size } from 'cdk8s';
import { BackupKind, BackupSupport } from '../../core/backup-support';
import type { EngineDefaults, IEngine } from '../../core/engine';
import { Exporter } from '../../core/exporter';
import type { MemberPlan } from '../../core/member-plan';
import type { MemberRequest } from '../../core/member-request';
import { scriptPath } from '../../core/mounts';
import type { Problem } from '../../core/problems';
import { probes } from '../../core/probes';
import { mebibytes } from '../../core/quantity';
import { checkVersion, imageOf, releaseWarnings, seriesOf } from '../../core/releases';
import { readScripts, sharedScripts } from '../../core/scripts';
import type { Warning } from '../../core/warnings';
import { checkVariant } from './check-placement';
import { checkSettings, checkSizing } from './check-settings';
import { dumpPlan } from './dump';
import type { Flavour } from './flavour';
import { OVERCOMMIT, ports, reconciler, scratch, serverEnvironment } from './member';
import type { ValkeyOptions } from './options';
import { serverConf, VOLUME_FOLDER } from './settings';
import { deriveSizing } from './sizing';
import { checkUsers, clientPlan, passwordKeys, resolveBackupUser, resolveUsers, usersList, UserSpec } from './users';
import { OWNER } from './versions';

/**
 * What Valkey and its flavours have in common. Not exported by the library: each flavour is an engine of its own.
 *
 * @internal
 */
export abstract class KeyValueServer implements IEngine {
  public readonly name: string;
  public readonly version: string;
  public readonly defaults: EngineDefaults = { memory: Size.gibibytes(1), cpuMillis: 500 };
  public readonly exporter = Exporter.image('docker.io/oliver006/redis_exporter:v1.91.1', { port: 9121 });
  public readonly separatesLog = false;
  public readonly backupSupport: BackupSupport;
  private readonly users: UserSpec[];
  private readonly backupUsers: UserSpec[];

  protected constructor(version: string, options: ValkeyOptions, private readonly flavour: Flavour) {
    this.version = version;
    this.name = flavour.releases.engine;
    this.users = resolveUsers(options, flavour.harmlessCommands);
    this.backupUsers = resolveBackupUser(options);
    const dump = dumpPlan(this.name, flavour, this.image, seriesOf(flavour.releases, version) ?? version, this.backupUsers);
    this.backupSupport = BackupSupport.by(
      { kind: BackupKind.LOGICAL, tool: `${flavour.programs}-cli --rdb`, consistency: 'a forked process writes the memory of one moment', dump },
      { kind: BackupKind.VOLUME_SNAPSHOT, tool: 'VolumeSnapshot', consistency: 'the append-only file at one moment is what a crash leaves' },
    );
  }

  /** A minute, and a second more for every GiB: a command that is under way ends first, and what the log still holds is written. */
  public shutdownTimeout(memory: Size): Duration {
    return Duration.seconds(60 + Math.ceil(mebibytes(memory) / 1024));
  }

  /** Ten minutes, and an hour more for every full TiB of the volume. While it loads its data the server answers, so that this is no limit for that. */
  public startupTimeout(dataSize: Size): Duration {
    return Duration.minutes(10 + 60 * Math.floor(mebibytes(dataSize) / 1024 / 1024));
  }

  public warnings(request: MemberRequest): Warning[] {
    const { maxMemory } = deriveSizing(request);
    const volume = mebibytes(request.dataSize);
    const small = volume < 3 * maxMemory;
    return [
      ...releaseWarnings(this.flavour.releases, this.version),
      ...(small ? [{ code: `${this.name}-small-volume`, message: `the append-only file grows to twice the data before it is rewritten beside itself: `
        + `of a maxmemory of ${maxMemory}Mi that is ${3 * maxMemory}Mi, and the volume has ${volume}Mi` }] : []),
    ];
  }

  public check(request: MemberRequest): Problem[] {
    const version = checkVersion(this.flavour.releases, this.version);
    if (version.length > 0) { return version; }
    return [...checkUsers(this.users, this.backupUsers), ...checkVariant(request.image), ...checkSettings(request), ...checkSizing(request)];
  }

  public plan(request: MemberRequest): MemberPlan {
    const { flavour } = this;
    const users = [...this.users, ...this.backupUsers];
    return {
      container: this.name,
      image: request.image ?? this.image,
      ...OWNER,
      command: [scriptPath('start.sh')],
      environment: serverEnvironment(flavour, seriesOf(flavour.releases, this.version) as string, request),
      files: { 'server.conf': serverConf(request, flavour), 'users.list': usersList(users) },
      liveFiles: ['users.list'],
      scripts: { ...readScripts(__dirname), ...sharedScripts('restore.sh', 'volume.sh') },
      dataMount: VOLUME_FOLDER,
      ports: ports(this.name, request),
      scratch: scratch(flavour),
      ...probes({ budget: request.startupTimeout }),
      stopCommand: [],
      passwordKeys: passwordKeys(users),
      companions: [reconciler(flavour, request)],
      client: clientPlan(users, request.tlsRequired),
      nodeRequirements: [OVERCOMMIT],
    };
  }

  private get image(): string { return imageOf(this.flavour.releases, this.version).replace(/:(?=[^:]*$)/, `:${this.flavour.tagPrefix}`); }
}
