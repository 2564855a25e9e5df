import type { Duration, Size } from 'cdk8s';
import type { EngineDefaults, IEngine } from '../../core/engine';
import type { MemberPlan } from '../../core/member-plan';
import type { MemberRequest } from '../../core/member-request';
import { BackupKind, BackupSupport } from '../../core/backup-support';
import { Exporter } from '../../core/exporter';
import type { Problem } from '../../core/problems';
import { checkVersion, imageOf, releaseWarnings } from '../../core/releases';
import type { Warning } from '../../core/warnings';
import type { Flavour } from './flavour';
import type { PostgresOptions } from './options';
import { DEFAULTS, PostgresServer } from './server';
import { majorOf, OWNER, POSTGRES } from './versions';

const FLAVOUR: Flavour = {
  name: 'postgres',
  ...OWNER,
  foreignImage: {
    pattern: /alpine/,
    problem: { path: 'image', got: '', want: 'a Debian variant of the image',
      remedy: 'Alpine\'s has another uid (70), and sorts text differently, which damages indexes made with the other' },
  },
  extensions: [],
  reserved: {},
  scripts: () => ({}),
  imageOf: version => imageOf(POSTGRES, version),
  majorOf,
  checkVersion: version => checkVersion(POSTGRES, version),
  derived: () => ({}),
};

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
  public readonly defaults: EngineDefaults = DEFAULTS;
  public readonly exporter = Exporter.image('quay.io/prometheuscommunity/postgres-exporter:v0.17.1', { port: 9187 });
  public readonly separatesLog = true;
  private readonly server: PostgresServer;

  private constructor(public readonly version: string, options: PostgresOptions) {
    this.server = new PostgresServer(FLAVOUR, version, options);
  }

  public get backupSupport(): BackupSupport {
    return BackupSupport.by(
      { kind: BackupKind.LOGICAL, tool: 'pg_dump', consistency: 'one transaction sees one moment', dump: this.server.dumpPlan() },
      { kind: BackupKind.PHYSICAL, tool: 'pg_basebackup', consistency: 'the log of the time of the copy is part of it' },
      { kind: BackupKind.VOLUME_SNAPSHOT, tool: 'VolumeSnapshot', consistency: 'one volume at one moment is what a crash leaves; with a log volume, both at one moment' },
    );
  }

  /** Five minutes, and a second more for every 50 MiB of buffers that the last checkpoint has to write. */
  public shutdownTimeout(memory: Size): Duration { return this.server.shutdownTimeout(memory); }

  /** An hour, and three more for every full TiB of the volume: in steps, so that a volume that grows seldom restarts its server. */
  public startupTimeout(dataSize: Size): Duration { return this.server.startupTimeout(dataSize); }

  public warnings(_request: MemberRequest): Warning[] { return releaseWarnings(POSTGRES, this.version); }

  public check(request: MemberRequest): Problem[] { return this.server.check(request); }

  public plan(request: MemberRequest): MemberPlan { return this.server.plan(request); }
}
