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
import { checkImage, checkSettings, checkSizing } from './check';
import { NODE, ports, scratch, serverEnvironment, userKeeper } from './member';
import { checkOptions, ClickHouseOptions, ClickHouseSpec, resolveOptions } from './options';
import { configXml, PORTS, usersXml, VOLUME_FOLDER } from './settings';
import { CLICKHOUSE, OWNER } from './versions';

/** ClickHouse, in its releases with long-term support, from the official image `docker.io/clickhouse/clickhouse-server`. */
export class ClickHouse implements IEngine {
  /** ClickHouse 26.3. */
  public static v263(options: ClickHouseOptions = {}): ClickHouse { return new ClickHouse('26.3', options); }
  /** ClickHouse 26.8. */
  public static v268(options: ClickHouseOptions = {}): ClickHouse { return new ClickHouse('26.8', options); }
  /** A certain patch release, such as `26.3.44.2`, or a series, which is the same as its factory. */
  public static of(version: string, options: ClickHouseOptions = {}): ClickHouse { return new ClickHouse(version, options); }

  public readonly name = 'clickhouse';
  public readonly defaults: EngineDefaults = { memory: Size.gibibytes(4), cpuMillis: 2000 };
  public readonly exporter = Exporter.builtIn({ port: PORTS.metrics });
  public readonly separatesLog = false;
  public readonly backupSupport = BackupSupport.by(
    { kind: BackupKind.PHYSICAL, tool: 'BACKUP … TO S3', consistency: 'the parts of each table at one moment; tables one after the other' },
    { kind: BackupKind.VOLUME_SNAPSHOT, tool: 'VolumeSnapshot', consistency: 'one volume at one moment is what a crash leaves' },
  );
  private readonly spec: ClickHouseSpec;

  private constructor(public readonly version: string, options: ClickHouseOptions) {
    this.spec = resolveOptions(options);
  }

  /** Two minutes, of which queries have 30 s to end, and a second more for every 100 MiB of memory that may hold rows that are not yet written. */
  public shutdownTimeout(memory: Size): Duration {
    return Duration.seconds(120 + Math.ceil(mebibytes(memory) / 100));
  }

  /** Half an hour, and one more for every full TiB of the volume, whose parts are all looked at. */
  public startupTimeout(dataSize: Size): Duration {
    return Duration.minutes(30 * (1 + Math.floor(mebibytes(dataSize) / (1024 * 1024))));
  }

  public warnings(_request: MemberRequest): Warning[] {
    return releaseWarnings(CLICKHOUSE, this.version);
  }

  public check(request: MemberRequest): Problem[] {
    const version = checkVersion(CLICKHOUSE, this.version);
    if (version.length > 0) { return version; }
    return [...checkOptions(this.spec), ...checkImage(request.image), ...checkSettings(request), ...checkSizing(request)];
  }

  public plan(request: MemberRequest): MemberPlan {
    const { spec } = this;
    return {
      container: this.name,
      image: request.image ?? imageOf(CLICKHOUSE, this.version),
      ...OWNER,
      command: [scriptPath('start.sh')],
      environment: serverEnvironment(request, spec, seriesOf(CLICKHOUSE, this.version) as string),
      files: { 'config.xml': configXml(request, spec), 'users.xml': usersXml(request, spec) },
      liveFiles: ['users.xml'],
      scripts: { ...readScripts(__dirname), ...sharedScripts('volume.sh') },
      dataMount: VOLUME_FOLDER,
      ports: ports(request),
      scratch: scratch(),
      ...probes({ budget: request.startupTimeout }),
      stopCommand: [],
      passwordKeys: { [spec.username]: spec.passwordKey },
      companions: [userKeeper(spec)],
      client: { scheme: request.tlsRequired ? 'https' : 'http', database: spec.database, username: spec.username, passwordKey: spec.passwordKey },
      nodeRequirements: NODE,
    };
  }
}
