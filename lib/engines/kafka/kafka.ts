import { Duration, Size } from 'cdk8s';
import { BackupSupport } from '../../core/backup-support';
import type { EngineDefaults, IEngine } from '../../core/engine';
import { Exporter } from '../../core/exporter';
import type { MemberPlan } from '../../core/member-plan';
import type { MemberRequest } from '../../core/member-request';
import { scriptPath } from '../../core/mounts';
import { NodeComparison, NodeRequirement } from '../../core/node-requirement';
import { probes } from '../../core/probes';
import type { Problem } from '../../core/problems';
import { mebibytes } from '../../core/quantity';
import { checkVersion, imageOf, releaseWarnings } from '../../core/releases';
import { readScripts, sharedScripts } from '../../core/scripts';
import type { Warning } from '../../core/warnings';
import { checkSettings, checkSizing } from './check';
import { APPLICATION, ports, reconciler, scratch, serverEnvironment, VOLUME_FOLDER } from './member';
import { checkOptions, KafkaOptions } from './options';
import { LOG4J, serverProperties } from './settings';
import { KAFKA, OWNER } from './versions';

const SINGLE_NODE: Warning = {
  code: 'kafka-single-node',
  message: 'one Kafka node, which is broker and controller, is for development: nothing is served while it is away, and there is no second copy',
};

/** Kafka 4 from the official image `docker.io/apache/kafka`: one node that is broker and controller, for development. */
export class Kafka implements IEngine {
  /** Kafka 4. */
  public static v4(options: KafkaOptions): Kafka { return new Kafka('4', options); }
  /** A certain release, such as `4.1.1`, or a major, which is the same as its factory. */
  public static of(version: string, options: KafkaOptions): Kafka { return new Kafka(version, options); }

  public readonly name = 'kafka';
  public readonly defaults: EngineDefaults = { memory: Size.gibibytes(2), cpuMillis: 1000 };
  public readonly exporter = Exporter.image('docker.io/danielqsj/kafka-exporter:v1.9.0', { port: 9308 });
  public readonly separatesLog = false;
  public readonly backupSupport = BackupSupport.none(
    'no copy of a broker is consistent with its consumers\' positions elsewhere; MirrorMaker 2 keeps a second cluster, and producers can send again');

  private constructor(public readonly version: string, private readonly options: KafkaOptions) {}

  /** Five minutes, and a second more for every 50 MiB of the page cache, which a clean stop writes out. */
  public shutdownTimeout(memory: Size): Duration {
    return Duration.seconds(300 + Math.ceil(mebibytes(memory) / 2 / 50));
  }

  /** An hour, and three more for every full TiB of the volume: in steps, so that a volume that grows seldom restarts its server. */
  public startupTimeout(dataSize: Size): Duration {
    return Duration.hours(1 + Math.floor(mebibytes(dataSize) / (1024 * 1024)) * 3);
  }

  public warnings(_request: MemberRequest): Warning[] {
    return [...releaseWarnings(KAFKA, this.version), SINGLE_NODE];
  }

  public check(request: MemberRequest): Problem[] {
    const version = checkVersion(KAFKA, this.version);
    if (version.length > 0) { return version; }
    return [...checkOptions(this.options), ...checkSettings(request), ...checkSizing(request)];
  }

  public plan(request: MemberRequest): MemberPlan {
    return {
      container: this.name,
      image: request.image ?? imageOf(KAFKA, this.version),
      ...OWNER,
      command: [scriptPath('start.sh')],
      environment: serverEnvironment({ version: this.version, clusterId: this.options.clusterId, request }),
      files: { 'log4j2.yaml': LOG4J, 'server.properties': serverProperties(request) },
      liveFiles: [],
      scripts: { ...readScripts(__dirname), ...sharedScripts('volume.sh') },
      dataMount: VOLUME_FOLDER,
      ports: ports(request),
      scratch: scratch(),
      ...probes({ budget: request.startupTimeout }),
      stopCommand: [],
      passwordKeys: { [APPLICATION.username]: APPLICATION.passwordKey },
      companions: [reconciler(request)],
      client: { scheme: 'kafka', database: '', ...APPLICATION },
      nodeRequirements: [
        NodeRequirement.sysctl('vm.max_map_count', NodeComparison.AT_LEAST, 262_144, { reason: 'or a broker with many partitions cannot map their indexes' }),
        NodeRequirement.openFiles(100_000, { reason: 'or a broker with many partitions and connections runs out of files' }),
      ],
    };
  }
}
