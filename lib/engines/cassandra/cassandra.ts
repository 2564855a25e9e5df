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
import type { StringMap } from '../../core/strings';
import type { Warning } from '../../core/warnings';
import { LOG_VOLUME_FOLDER, nodeRequirements, PASSWORD_KEYS, PORT, reconciler, scratch, serverEnvironment, USER, VOLUME_FOLDER } from './member';
import { CassandraOptions, checkOptions, Identity, resolveIdentity } from './options';
import { cassandraYaml, checkSettings, checkSizing, logSync } from './settings';
import { CASSANDRA, OWNER } from './versions';

/** Cassandra 4.1 and 5.0 as a single node, from the official image `docker.io/library/cassandra`. */
export class Cassandra implements IEngine {
  /** Cassandra 4.1. */
  public static v41(options: CassandraOptions = {}): Cassandra { return new Cassandra('4.1', options); }
  /** Cassandra 5.0. */
  public static v5(options: CassandraOptions = {}): Cassandra { return new Cassandra('5', options); }
  /** A certain patch release, such as `5.0.6`, or a series, which is the same as its factory. */
  public static of(version: string, options: CassandraOptions = {}): Cassandra { return new Cassandra(version, options); }

  public readonly name = 'cassandra';
  public readonly defaults: EngineDefaults = { memory: Size.gibibytes(4), cpuMillis: 1000 };
  public readonly exporter = Exporter.none('its figures are on JMX alone, for which an agent has to be in the image');
  public readonly separatesLog = true;
  public readonly backupSupport = BackupSupport.by(
    { kind: BackupKind.PHYSICAL, tool: 'nodetool snapshot', consistency: 'files of tables never change: links to those of one moment are a copy' },
    { kind: BackupKind.VOLUME_SNAPSHOT, tool: 'VolumeSnapshot', consistency: 'one volume at one moment is what a crash leaves; with a log volume, both at one moment' },
  );

  private constructor(public readonly version: string, private readonly options: CassandraOptions) {}

  /** Two minutes, and a second for every 20 MiB of an eighth of the memory, as much as tables may keep in it. */
  public shutdownTimeout(memory: Size): Duration {
    return Duration.seconds(120 + Math.ceil(mebibytes(memory) / 8 / 20));
  }

  /** Two hours, and another one for every full TiB: the log is at most 8 GiB, but every file of every table is opened. */
  public startupTimeout(dataSize: Size): Duration {
    return Duration.hours(2 + Math.floor(mebibytes(dataSize) / (1024 * 1024)));
  }

  public warnings(request: MemberRequest): Warning[] {
    const message = 'commitlog_sync periodic loses acknowledged writes when the server is killed: up to 100 ms of them, or 10 s in a power cut';
    const lossy = { code: 'cassandra-commitlog-sync', message };
    return [...releaseWarnings(CASSANDRA, this.version), ...(logSync(request.settings) === 'periodic' ? [lossy] : [])];
  }

  public check(request: MemberRequest): Problem[] {
    const version = checkVersion(CASSANDRA, this.version);
    return version.length > 0 ? version : [...checkOptions(this.options), ...checkSettings(request), ...checkSizing(request)];
  }

  public plan(request: MemberRequest): MemberPlan {
    const identity = resolveIdentity(this.options, request.name);
    return {
      container: this.name,
      image: request.image ?? imageOf(CASSANDRA, this.version),
      ...OWNER,
      command: [scriptPath('start.sh')],
      environment: serverEnvironment({ series: seriesOf(CASSANDRA, this.version) as string, identity, request }),
      files: files(request, identity),
      liveFiles: [],
      scripts: { ...readScripts(__dirname), ...sharedScripts('volume.sh') },
      dataMount: VOLUME_FOLDER,
      walMount: LOG_VOLUME_FOLDER,
      ports: [{ name: 'cql', port: PORT, forClients: true }],
      scratch: scratch(),
      ...probes({ budget: request.startupTimeout }),
      stopCommand: [],
      passwordKeys: PASSWORD_KEYS,
      companions: [reconciler(request)],
      client: { scheme: 'cassandra', database: identity.keyspace, username: USER, passwordKey: PASSWORD_KEYS[USER] as string },
      nodeRequirements: nodeRequirements(),
    };
  }
}

function files(request: MemberRequest, identity: Identity): StringMap {
  return {
    'cassandra-rackdc.properties': `dc=${identity.datacenter}\nrack=${identity.rack}\n`,
    'cassandra.yaml': cassandraYaml(request, identity),
    'logback.xml': LOGBACK,
  };
}

// Everything to the container's standard output: the file of the image keeps up to 5 GB of logs beside it.
const LOGBACK = `<configuration scan="false">
  <appender name="STDOUT" class="ch.qos.logback.core.ConsoleAppender">
    <encoder><pattern>%-5level [%thread] %date{ISO8601} %F:%L - %msg%n</pattern></encoder>
  </appender>
  <root level="INFO"><appender-ref ref="STDOUT"/></root>
</configuration>
`;
