import { Duration, Size } from 'cdk8s';
import type { EngineDefaults, IEngine } from '../../core/engine';
import type { MemberPlan } from '../../core/member-plan';
import type { MemberRequest } from '../../core/member-request';
import { BackupKind, BackupSupport } from '../../core/backup-support';
import { Exporter } from '../../core/exporter';
import type { Problem } from '../../core/problems';
import { probes } from '../../core/probes';
import { scriptPath } from '../../core/mounts';
import { checkVersion, imageOf, releaseWarnings } from '../../core/releases';
import { mebibytes } from '../../core/quantity';
import { readScripts, sharedScripts } from '../../core/scripts';
import type { StringMap } from '../../core/strings';
import type { Warning } from '../../core/warnings';
import { AccessRule, checkAccessRules, hbaConf, identConf } from './access-rule';
import { checkDeclarations } from './check-declarations';
import { checkSettings, checkSizing } from './check-settings';
import { checkFolder, checkPreload, checkVariant } from './check-placement';
import { checkCollation, Collation } from './collation';
import { clientPlan, Declarations, declarationsJson, passwordKeys, preloadLibraries, resolveDeclarations } from './declarations';
import { reconciler, scratch, serverEnvironment, VOLUME_FOLDER, WAL_VOLUME_FOLDER } from './member';
import type { PostgresOptions } from './options';
import { PORT, postgresqlConf, storageConf } from './settings';
import { majorOf, OWNER, POSTGRES } from './versions';

/** PostgreSQL 14 to 18, from the official image `docker.io/library/postgres` in its Debian variant. */
export class Postgres implements IEngine {
  /** PostgreSQL 14, which the project no longer supports. */
  public static v14(options: PostgresOptions = {}): Postgres { return new Postgres('14', options); }
  /** PostgreSQL 15. */
  public static v15(options: PostgresOptions = {}): Postgres { return new Postgres('15', options); }
  /** PostgreSQL 16. */
  public static v16(options: PostgresOptions = {}): Postgres { return new Postgres('16', options); }
  /** PostgreSQL 17. */
  public static v17(options: PostgresOptions = {}): Postgres { return new Postgres('17', options); }
  /** PostgreSQL 18. */
  public static v18(options: PostgresOptions = {}): Postgres { return new Postgres('18', options); }
  /** A certain patch release, such as `17.5`, or a major, which is the same as its factory. */
  public static of(version: string, options: PostgresOptions = {}): Postgres { return new Postgres(version, options); }

  public readonly name = 'postgres';
  public readonly defaults: EngineDefaults = { memory: Size.gibibytes(2), cpuMillis: 1000 };
  public readonly exporter = Exporter.image('quay.io/prometheuscommunity/postgres-exporter:v0.17.1', { port: 9187 });
  public readonly separatesLog = true;
  public readonly backupSupport = BackupSupport.by(
    { kind: BackupKind.LOGICAL, tool: 'pg_dump', consistency: 'one transaction sees one moment' },
    { kind: BackupKind.PHYSICAL, tool: 'pg_basebackup', consistency: 'the log of the time of the copy is part of it' },
    { kind: BackupKind.VOLUME_SNAPSHOT, tool: 'VolumeSnapshot', consistency: 'one volume at one moment is what a crash leaves; with a log volume, both at one moment' },
  );
  private readonly declarations: Declarations;
  private readonly superuser: string;
  private readonly dataFolder: string;
  private readonly collation: Collation;
  private readonly rules: AccessRule[];

  private constructor(public readonly version: string, options: PostgresOptions) {
    this.declarations = resolveDeclarations(options);
    this.superuser = options.superuser ?? 'postgres';
    this.dataFolder = options.dataFolder ?? `${majorOf(version)}/docker`;
    this.collation = options.collation ?? Collation.codePoint();
    this.rules = options.accessRules ?? [AccessRule.password()];
  }

  /** Five minutes, and a second more for every 50 MiB of buffers that the last checkpoint has to write. */
  public shutdownTimeout(memory: Size): Duration {
    return Duration.seconds(300 + Math.ceil(mebibytes(memory) / 4 / 50));
  }

  /** An hour, and three more for every full TiB of the volume: in steps, so that a volume that grows seldom restarts its server. */
  public startupTimeout(dataSize: Size): Duration {
    return Duration.hours(1 + Math.floor(mebibytes(dataSize) / (1024 * 1024)) * 3);
  }

  public warnings(_request: MemberRequest): Warning[] {
    return releaseWarnings(POSTGRES, this.version);
  }

  public check(request: MemberRequest): Problem[] {
    const version = checkVersion(POSTGRES, this.version);
    if (version.length > 0) { return version; }
    return [
      ...checkCollation(this.collation, majorOf(this.version)),
      ...checkDeclarations(this.declarations, this.superuser),
      ...checkAccessRules(this.rules, request.tls),
      ...checkFolder(this.dataFolder),
      ...checkVariant(request.image),
      ...checkSettings(request),
      ...checkPreload(request, preloadLibraries(this.declarations)),
      ...checkSizing(request),
    ];
  }

  public plan(request: MemberRequest): MemberPlan {
    const { collation, dataFolder, superuser } = this;
    const environment = { major: majorOf(this.version), superuser, dataFolder, collation, request };
    return {
      container: this.name,
      image: request.image ?? imageOf(POSTGRES, this.version),
      ...OWNER,
      command: [scriptPath('start.sh')],
      environment: serverEnvironment(environment),
      files: this.files(request),
      liveFiles: ['databases.json', 'storage.conf'],
      scripts: { ...readScripts(__dirname), ...sharedScripts('volume.sh') },
      dataMount: VOLUME_FOLDER,
      walMount: WAL_VOLUME_FOLDER,
      ports: [{ name: 'postgresql', port: PORT, forClients: true }],
      scratch: scratch(request),
      ...probes({ budget: request.startupTimeout }),
      stopCommand: [scriptPath('stop.sh')],
      passwordKeys: passwordKeys(this.declarations),
      companions: [reconciler(environment)],
      client: clientPlan(this.declarations),
      nodeRequirements: [],
    };
  }

  private files(request: MemberRequest): StringMap {
    return {
      'databases.json': declarationsJson(this.declarations),
      'pg_hba.conf': hbaConf(this.rules, this.superuser, request.tlsRequired),
      'pg_ident.conf': identConf(this.superuser),
      'postgresql.conf': postgresqlConf(request, preloadLibraries(this.declarations)),
      'storage.conf': storageConf(request),
    };
  }
}
