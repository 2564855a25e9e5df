import { Duration, Size } from 'cdk8s';
import type { EngineDefaults, IEngine } from '../../core/engine';
import type { MemberPlan } from '../../core/member-plan';
import type { MemberRequest } from '../../core/member-request';
import { BackupKind, BackupSupport } from '../../core/backup-support';
import { Exporter } from '../../core/exporter';
import { scriptPath } from '../../core/mounts';
import { Problem, quote } from '../../core/problems';
import { probes } from '../../core/probes';
import { mebibytes } from '../../core/quantity';
import { imageOf, releaseWarnings } from '../../core/releases';
import { readScripts, sharedScripts } from '../../core/scripts';
import type { Warning } from '../../core/warnings';
import { checkSettings, checkSizing } from './check-settings';
import { reconciler, scratch, serverEnvironment, VOLUME_FOLDER } from './member';
import { nodeRequirements } from './node';
import type { MongoDbOptions } from './options';
import { mongodConf, PORT } from './settings';
import { deriveSizing, OWN_CONNECTIONS } from './sizing';
import { checkUsers, clientPlan, declaredJson, passwordKeys, resolveUsers, UserSpec } from './users';
import { checkRelease, majorOf, MONGODB, OWNER } from './versions';

/** MongoDB 7 and 8, from the official image `docker.io/library/mongo`: a replica set of one member. */
export class MongoDb implements IEngine {
  /** MongoDB 7.0. */
  public static v7(options: MongoDbOptions = {}): MongoDb { return new MongoDb('7', options); }
  /** MongoDB 8.0. */
  public static v8(options: MongoDbOptions = {}): MongoDb { return new MongoDb('8', options); }
  /** A certain patch release, such as `8.0.26`, or a major, which is the same as its factory. */
  public static of(version: string, options: MongoDbOptions = {}): MongoDb { return new MongoDb(version, options); }

  public readonly name = 'mongodb';
  public readonly defaults: EngineDefaults = { memory: Size.gibibytes(2), cpuMillis: 1000 };
  public readonly exporter = Exporter.image('docker.io/percona/mongodb_exporter:0.49', { port: 9216 });
  public readonly separatesLog = false;
  public readonly backupSupport = BackupSupport.by(
    { kind: BackupKind.LOGICAL, tool: 'mongodump --oplog', consistency: 'the oplog of the time of the dump is part of it, which a replica set alone has' },
    { kind: BackupKind.VOLUME_SNAPSHOT, tool: 'VolumeSnapshot', consistency: 'data and journal are on one volume, and one moment of it is what a crash leaves' },
  );
  private readonly users: UserSpec[];
  private readonly dataFolder: string;

  private constructor(public readonly version: string, options: MongoDbOptions) {
    this.users = resolveUsers(options);
    this.dataFolder = options.dataFolder ?? 'data';
  }

  /** Two minutes, in which the server lets operations end for 15 seconds, and a second more for every 50 MiB of the cache, which the last checkpoint has to write. */
  public shutdownTimeout(memory: Size): Duration {
    return Duration.seconds(120 + Math.ceil(mebibytes(memory) / 2 / 50));
  }

  /** An hour, and one more for every full TiB of the volume: in steps, so that a volume that grows seldom restarts its server. */
  public startupTimeout(dataSize: Size): Duration {
    return Duration.hours(1 + Math.floor(mebibytes(dataSize) / (1024 * 1024)));
  }

  public warnings(_request: MemberRequest): Warning[] {
    return releaseWarnings(MONGODB, this.version);
  }

  public check(request: MemberRequest): Problem[] {
    const version = checkRelease(this.version);
    if (version.length > 0) { return version; }
    const settings = checkSettings(request);
    // What cannot be read cannot be summed up either.
    return [...checkUsers(this.users), ...checkFolder(this.dataFolder), ...settings, ...(settings.length > 0 ? [] : checkSizing(request))];
  }

  public plan(request: MemberRequest): MemberPlan {
    const major = majorOf(this.version);
    const sizing = deriveSizing(request);
    const { dataFolder, users } = this;
    return {
      container: this.name,
      // `8.0` is the series that `8` is: its newest release as well, and no tag that moves.
      image: request.image ?? imageOf(MONGODB, this.version.replace(/^(\d+)\.0$/, '$1')),
      ...OWNER,
      command: [scriptPath('start.sh')],
      environment: serverEnvironment({ major, dataFolder, request }),
      files: {
        'declared.json': declaredJson(users, `${major}.0`),
        'mongod.conf': mongodConf(request, `${VOLUME_FOLDER}/${dataFolder}`),
        'oplog-size': `${sizing.oplog}\n`,
      },
      liveFiles: ['declared.json', 'oplog-size'],
      scripts: { ...readScripts(__dirname), ...sharedScripts('volume.sh') },
      dataMount: VOLUME_FOLDER,
      ports: [{ name: 'mongodb', port: PORT, forClients: true }],
      scratch: scratch(),
      ...probes({ budget: request.startupTimeout }),
      stopCommand: [],
      passwordKeys: passwordKeys(users),
      companions: [reconciler(request)],
      client: clientPlan(users),
      nodeRequirements: nodeRequirements(major, sizing.connections + OWN_CONNECTIONS),
    };
  }
}

function checkFolder(folder: string): Problem[] {
  const valid = folder.length <= 200 && folder.split('/').every(part => /^\w[\w.-]*$/.test(part));
  return valid ? [] : [{ path: 'engine.dataFolder', got: quote(folder), want: 'a relative path of letters, digits, "_", "-" and "."' }];
}
