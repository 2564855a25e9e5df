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
import { checkSettings, checkSizing } from './check';
import { APPLICATION, ports, renewer, scratch, serverEnvironment } from './member';
import { checkOptions, resolveOptions, ZooKeeperOptions, ZooKeeperSpec } from './options';
import { LOGBACK, LOG_VOLUME_FOLDER, PORTS, VOLUME_FOLDER, zooCfg } from './settings';
import { OWNER, seriesName, ZOOKEEPER } from './versions';

/** ZooKeeper 3.8 and 3.9 from the official image `docker.io/library/zookeeper`: one server, standalone. */
export class ZooKeeper implements IEngine {
  /** ZooKeeper 3.8. */
  public static v38(options: ZooKeeperOptions = {}): ZooKeeper { return new ZooKeeper('3.8', options); }
  /** ZooKeeper 3.9. */
  public static v39(options: ZooKeeperOptions = {}): ZooKeeper { return new ZooKeeper('3.9', options); }
  /** A certain release, such as `3.9.5`, or a series, which is the same as its factory. */
  public static of(version: string, options: ZooKeeperOptions = {}): ZooKeeper { return new ZooKeeper(version, options); }

  public readonly name = 'zookeeper';
  public readonly defaults: EngineDefaults = { memory: Size.gibibytes(1), cpuMillis: 500 };
  public readonly exporter: Exporter;
  public readonly separatesLog = true;
  public readonly backupSupport = BackupSupport.by({
    kind: BackupKind.VOLUME_SNAPSHOT, tool: 'VolumeSnapshot',
    consistency: 'one volume at one moment is what a crash leaves: snapshots and the log after them; with a log volume, both at one moment',
  });
  private readonly options: ZooKeeperSpec;

  private constructor(public readonly version: string, options: ZooKeeperOptions) {
    this.options = resolveOptions(options);
    this.exporter = this.options.metrics ? Exporter.builtIn({ port: PORTS.metrics }) : Exporter.none('the engine was given `metrics: false`');
  }

  /** A minute: every acknowledged write is on the disk already, and nothing is written at the end. */
  public shutdownTimeout(_memory: Size): Duration {
    return Duration.minutes(1);
  }

  /** An hour, and a second for every 10 MiB of the volume: that is how fast a tree is loaded at least, and its log replayed. */
  public startupTimeout(dataSize: Size): Duration {
    return Duration.hours(1 + Math.floor(mebibytes(dataSize) / (36 * 1024)));
  }

  public warnings(_request: MemberRequest): Warning[] {
    return releaseWarnings(ZOOKEEPER, this.version);
  }

  public check(request: MemberRequest): Problem[] {
    const version = checkVersion(ZOOKEEPER, this.version);
    if (version.length > 0) { return version; }
    const options = checkOptions(this.options);
    return [...options, ...checkSettings(request), ...(options.length > 0 ? [] : checkSizing(request, this.options.maxBuffer))];
  }

  public plan(request: MemberRequest): MemberPlan {
    const { options, version } = this;
    return {
      container: this.name,
      image: request.image ?? imageOf(ZOOKEEPER, version),
      ...OWNER,
      command: [scriptPath('start.sh')],
      environment: serverEnvironment({ series: seriesName(version), options, request }),
      files: { 'logback.xml': LOGBACK, 'zoo.cfg': zooCfg(request, options) },
      liveFiles: [],
      scripts: { ...readScripts(__dirname), ...sharedScripts('volume.sh') },
      dataMount: VOLUME_FOLDER,
      walMount: LOG_VOLUME_FOLDER,
      ports: ports(request, options),
      scratch: scratch(),
      ...probes({ budget: request.startupTimeout }),
      stopCommand: [],
      passwordKeys: { [APPLICATION.username]: APPLICATION.passwordKey },
      companions: request.tls ? [renewer()] : [],
      client: { scheme: 'zookeeper', database: '', ...APPLICATION },
      nodeRequirements: [],
    };
  }
}
