import type { Duration, Size } from 'cdk8s';
import { BackupKind, BackupSupport } from '../../core/backup-support';
import type { EngineDefaults, IEngine } from '../../core/engine';
import { Exporter } from '../../core/exporter';
import type { MemberPlan } from '../../core/member-plan';
import type { MemberRequest } from '../../core/member-request';
import type { Problem } from '../../core/problems';
import { releaseWarnings } from '../../core/releases';
import { readScripts } from '../../core/scripts';
import type { Warning } from '../../core/warnings';
import type { Flavour } from '../postgres/flavour';
import type { PostgresOptions } from '../postgres/options';
import { DEFAULTS, PostgresServer } from '../postgres/server';
import { derivedSettings, RESERVED } from './settings';
import { checkVersion, imageOf, isApache, majorOf, OWNER, TIMESCALEDB } from './versions';

const FLAVOUR: Flavour = {
  name: 'timescaledb',
  ...OWNER,
  foreignImage: {
    pattern: /timescaledb-ha|bookworm|trixie/,
    problem: { path: 'image', got: '', want: 'the Alpine image timescale/timescaledb',
      remedy: 'others have another uid (70 is Alpine\'s), and sort text differently, which damages indexes made with the other' },
  },
  extensions: ['timescaledb'],
  reserved: RESERVED,
  scripts: () => readScripts(__dirname),
  imageOf,
  majorOf,
  checkVersion,
  derived: derivedSettings,
};

/**
 * TimescaleDB 2 on PostgreSQL 16 to 18, from the official image `docker.io/timescale/timescaledb`.
 *
 * It is PostgreSQL with its options, and with the extension `timescaledb` in every declared database, kept at the image's version.
 */
export class TimescaleDb implements IEngine {
  /** TimescaleDB on PostgreSQL 16. */
  public static v16(options: PostgresOptions = {}): TimescaleDb { return new TimescaleDb('16', options); }
  /** TimescaleDB on PostgreSQL 17. */
  public static v17(options: PostgresOptions = {}): TimescaleDb { return new TimescaleDb('17', options); }
  /** TimescaleDB on PostgreSQL 18. */
  public static v18(options: PostgresOptions = {}): TimescaleDb { return new TimescaleDb('18', options); }
  /** A certain tag, such as `2.30.2-pg17` or `2.30.2-pg17-oss`, or a major of PostgreSQL, which is the same as its factory. */
  public static of(version: string, options: PostgresOptions = {}): TimescaleDb { return new TimescaleDb(version, options); }

  public readonly name = 'timescaledb';
  public readonly defaults: EngineDefaults = DEFAULTS;
  public readonly exporter = Exporter.image('quay.io/prometheuscommunity/postgres-exporter:v0.17.1', { port: 9187 });
  public readonly separatesLog = true;
  public readonly backupSupport = BackupSupport.by(
    { kind: BackupKind.PHYSICAL, tool: 'pg_basebackup', consistency: 'the log of the time of the copy is part of it' },
    { kind: BackupKind.LOGICAL, tool: 'pg_dump',
      consistency: 'one transaction sees one moment; restored between timescaledb_pre_restore() and timescaledb_post_restore(), into the same version' },
    { kind: BackupKind.VOLUME_SNAPSHOT, tool: 'VolumeSnapshot', consistency: 'one volume at one moment is what a crash leaves; with a log volume, both at one moment' },
  );
  private readonly server: PostgresServer;

  private constructor(public readonly version: string, options: PostgresOptions) {
    this.server = new PostgresServer(FLAVOUR, version, options);
  }

  /** As of PostgreSQL: five minutes, and a second more for every 50 MiB of buffers that the last checkpoint has to write. */
  public shutdownTimeout(memory: Size): Duration { return this.server.shutdownTimeout(memory); }

  /** As of PostgreSQL: an hour, and three more for every full TiB of the volume. */
  public startupTimeout(dataSize: Size): Duration { return this.server.startupTimeout(dataSize); }

  public warnings(request: MemberRequest): Warning[] {
    const apache = isApache(this.version) || request.settings['timescaledb.license'] === 'apache';
    return releaseWarnings(TIMESCALEDB, `${majorOf(this.version)}`).filter(({ code }) => !(apache && code === 'timescaledb-licence'));
  }

  public check(request: MemberRequest): Problem[] { return this.server.check(request); }

  public plan(request: MemberRequest): MemberPlan { return this.server.plan(request); }
}
