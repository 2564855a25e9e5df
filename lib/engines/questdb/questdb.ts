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
import { nodeRequirements, PASSWORD_KEY, reloader, scratch, serverEnvironment, VOLUME_FOLDER } from './member';
import { checkSettings, checkSizing, commitMode, HTTP_PORT, MIN_PORT, PG_PORT, serverConf, USER } from './settings';
import { isOlder, LEAST_RELEASE, OWNER, QUESTDB } from './versions';

const NO_TLS = 'only QuestDB Enterprise has TLS; put a proxy before it, or `network.allowFrom`';

/** QuestDB 9, the open source edition, from the official image `docker.io/questdb/questdb`. */
export class QuestDb implements IEngine {
  /** QuestDB 9. */
  public static v9(): QuestDb { return new QuestDb('9'); }
  /** A certain release, such as `9.3.4`, or a series, which is the same as its factory. */
  public static of(version: string): QuestDb { return new QuestDb(version); }

  public readonly name = 'questdb';
  public readonly defaults: EngineDefaults = { memory: Size.gibibytes(2), cpuMillis: 1000 };
  public readonly exporter = Exporter.builtIn({ port: MIN_PORT });
  public readonly separatesLog = false;
  public readonly backupSupport = BackupSupport.by({
    kind: BackupKind.VOLUME_SNAPSHOT,
    tool: 'CHECKPOINT CREATE, VolumeSnapshot, CHECKPOINT RELEASE',
    consistency: 'between the two statements the server keeps every file that the checkpoint names; a start with the trigger file _restore puts them back',
  });

  private constructor(public readonly version: string) {}

  /** Two minutes, and a second more for every 200 MiB of memory, as much as mapped pages may have to be written. */
  public shutdownTimeout(memory: Size): Duration {
    return Duration.seconds(120 + Math.ceil(mebibytes(memory) / 200));
  }

  /** An hour, and another one for every full TiB: the log that no table has taken yet is applied after the start, not before. */
  public startupTimeout(dataSize: Size): Duration {
    return Duration.hours(1 + Math.floor(mebibytes(dataSize) / (1024 * 1024)));
  }

  public warnings(request: MemberRequest): Warning[] {
    const mode = commitMode(request.settings);
    const lossy = { code: 'questdb-commit-mode', message: `cairo.commit.mode ${mode} loses acknowledged rows, and may damage tables, when the node loses its power` };
    return [...releaseWarnings(QUESTDB, this.version), ...(mode === 'sync' ? [] : [lossy])];
  }

  public check(request: MemberRequest): Problem[] {
    const version = checkVersion(QUESTDB, this.version);
    if (version.length > 0) { return version; }
    return [
      ...this.checkRelease(),
      ...(request.tls ? [{ path: 'tls', got: 'a certificate', want: 'none', remedy: NO_TLS }] : []),
      ...checkSettings(request),
      ...checkSizing(request),
    ];
  }

  public plan(request: MemberRequest): MemberPlan {
    return {
      container: this.name,
      image: request.image ?? imageOf(QUESTDB, this.version),
      ...OWNER,
      command: [scriptPath('start.sh')],
      environment: serverEnvironment(seriesOf(QUESTDB, this.version) as string, request),
      files: { 'server.conf': serverConf(request) },
      liveFiles: [],
      scripts: { ...readScripts(__dirname), ...sharedScripts('volume.sh') },
      dataMount: VOLUME_FOLDER,
      ports: [
        { name: 'postgresql', port: PG_PORT, forClients: true },
        { name: 'http', port: HTTP_PORT, forClients: true },
        { name: 'metrics', port: MIN_PORT, forClients: false },
      ],
      scratch: scratch(),
      ...probes({ budget: request.startupTimeout }),
      stopCommand: [],
      passwordKeys: { [USER]: PASSWORD_KEY },
      companions: [reloader()],
      client: { scheme: 'postgresql', database: 'qdb', username: USER, passwordKey: PASSWORD_KEY },
      nodeRequirements: nodeRequirements(),
    };
  }

  private checkRelease(): Problem[] {
    if (!isOlder(this.version, LEAST_RELEASE)) { return []; }
    const remedy = 'earlier releases read no password from a file';
    return [{ path: 'engine', got: `QuestDb.of("${this.version}")`, want: `${LEAST_RELEASE} or later`, remedy }];
  }
}
