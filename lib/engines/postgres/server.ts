import { Duration, Size } from 'cdk8s';
import type { DumpPlan } from '../../core/dump-plan';
import type { EngineDefaults } from '../../core/engine';
import type { MemberPlan } from '../../core/member-plan';
import type { MemberRequest } from '../../core/member-request';
import { scriptPath } from '../../core/mounts';
import type { Problem } from '../../core/problems';
import { probes } from '../../core/probes';
import { mebibytes } from '../../core/quantity';
import { backupScripts, readScripts, sharedScripts } from '../../core/scripts';
import type { StringMap } from '../../core/strings';
import { AccessRule, checkAccessRules, hbaConf, identConf } from './access-rule';
import { checkDeclarations } from './check-declarations';
import { checkFolder, checkImage, checkPreload } from './check-placement';
import { checkSettings, checkSizing } from './check-settings';
import { checkCollation, Collation } from './collation';
import { clientPlan, Declarations, declarationsJson, passwordKeys, preloadLibraries, resolveDeclarations } from './declarations';
import type { Flavour } from './flavour';
import { reconciler, scratch, serverEnvironment, VOLUME_FOLDER, WAL_VOLUME_FOLDER } from './member';
import type { PostgresOptions } from './options';
import { PORT, postgresqlConf, storageConf } from './settings';

/** What a server takes when the user says nothing. */
export const DEFAULTS: EngineDefaults = { memory: Size.gibibytes(2), cpuMillis: 1000 };

/** PostgreSQL in one of its flavours: all that their classes have in common. */
export class PostgresServer {
  private readonly declarations: Declarations;
  private readonly superuser: string;
  private readonly dataFolder: string;
  private readonly collation: Collation;
  private readonly rules: AccessRule[];

  public constructor(private readonly flavour: Flavour, private readonly version: string, options: PostgresOptions) {
    this.declarations = resolveDeclarations(options, flavour.extensions);
    this.superuser = options.superuser ?? 'postgres';
    this.dataFolder = options.dataFolder ?? `${flavour.majorOf(version)}/docker`;
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

  public check(request: MemberRequest): Problem[] {
    const { flavour } = this;
    const version = flavour.checkVersion(this.version);
    if (version.length > 0) { return version; }
    return [
      ...checkCollation(this.collation, flavour.majorOf(this.version)),
      ...checkDeclarations(this.declarations, this.superuser),
      ...checkAccessRules(this.rules, request.tls),
      ...checkFolder(this.dataFolder),
      ...checkImage(request.image, flavour.foreignImage),
      ...checkSettings(request, flavour.reserved),
      ...checkPreload(request, preloadLibraries(this.declarations)),
      ...checkSizing(request, each => this.derived(each)),
    ];
  }

  public plan(request: MemberRequest): MemberPlan {
    const { collation, dataFolder, flavour, superuser } = this;
    const environment = { engine: flavour.name, major: flavour.majorOf(this.version), superuser, dataFolder, collation, request };
    return {
      container: flavour.name,
      image: request.image ?? flavour.imageOf(this.version),
      user: flavour.user,
      group: flavour.group,
      command: [scriptPath('start.sh')],
      environment: serverEnvironment(environment),
      files: this.files(request),
      liveFiles: ['databases.json', 'storage.conf'],
      scripts: { ...readScripts(__dirname), ...sharedScripts('restore.sh', 'volume.sh'), ...flavour.scripts() },
      dataMount: VOLUME_FOLDER,
      walMount: WAL_VOLUME_FOLDER,
      ports: [{ name: 'postgresql', port: PORT, forClients: true }],
      scratch: scratch(request, this.derived(request)),
      ...probes({ budget: request.startupTimeout }),
      stopCommand: [scriptPath('stop.sh')],
      passwordKeys: passwordKeys(this.declarations),
      companions: [reconciler(environment)],
      client: clientPlan(this.declarations),
      nodeRequirements: [],
    };
  }

  /** The tools of the server's own image, with what the largest row may take. */
  public dumpPlan(): DumpPlan {
    const { flavour } = this;
    return {
      format: flavour.name,
      image: flavour.imageOf(this.version),
      user: flavour.user,
      group: flavour.group,
      environment: {},
      scripts: backupScripts(__dirname),
      memory: Size.mebibytes(512),
      cpuMillis: 250,
    };
  }

  private files(request: MemberRequest): StringMap {
    const derived = this.derived(request);
    return {
      'databases.json': declarationsJson(this.declarations),
      'pg_hba.conf': hbaConf(this.rules, this.superuser, request.tlsRequired),
      'pg_ident.conf': identConf(this.superuser),
      'postgresql.conf': postgresqlConf(request, preloadLibraries(this.declarations), derived),
      'storage.conf': storageConf(request, derived),
    };
  }

  private derived(request: MemberRequest): StringMap {
    return this.flavour.derived(request, this.declarations.databases.length);
  }
}
