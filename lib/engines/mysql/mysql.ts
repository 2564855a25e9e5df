import { Duration, Size } from 'cdk8s';
import { BackupKind, BackupSupport } from '../../core/backup-support';
import type { EngineDefaults, IEngine } from '../../core/engine';
import { Exporter } from '../../core/exporter';
import type { MemberPlan } from '../../core/member-plan';
import type { MemberRequest } from '../../core/member-request';
import type { Problem } from '../../core/problems';
import type { Warning } from '../../core/warnings';
import { resolveDeclarations } from './declarations';
import { dumpPlan } from './dump';
import { memberPlan, MemberSpec } from './member';
import { MYSQL_PRODUCT } from './mysql-product';
import type { MySqlOptions } from './options';
import { checkMember, memberWarnings, shutdownTimeout, startupTimeout } from './server';

/** MySQL 8.4 and 9.7, the series with long-term support, from the official image `docker.io/library/mysql`. */
export class MySql implements IEngine {
  /** MySQL 8.4 LTS. */
  public static v84(options: MySqlOptions = {}): MySql { return new MySql('8.4', options); }
  /** MySQL 9.7 LTS. */
  public static v97(options: MySqlOptions = {}): MySql { return new MySql('9.7', options); }
  /** A certain patch release, such as `8.4.10`, or a series, which is the same as its factory. */
  public static of(version: string, options: MySqlOptions = {}): MySql { return new MySql(version, options); }

  public readonly name = 'mysql';
  public readonly defaults: EngineDefaults = { memory: Size.gibibytes(2), cpuMillis: 1000 };
  public readonly exporter = Exporter.image('docker.io/prom/mysqld-exporter:v0.18.0', { port: 9104 });
  public readonly separatesLog = false;
  public readonly backupSupport: BackupSupport;
  private readonly spec: MemberSpec;

  private constructor(public readonly version: string, options: MySqlOptions) {
    this.spec = {
      product: MYSQL_PRODUCT, version, declarations: resolveDeclarations(options), dataFolder: options.dataFolder ?? 'data', environment: {}, scripts: {},
    };
    const dump = dumpPlan(MYSQL_PRODUCT.releases, version);
    this.backupSupport = BackupSupport.by(
      { kind: BackupKind.LOGICAL, tool: 'mysqldump --single-transaction', consistency: 'one transaction sees one moment of the InnoDB tables', dump },
      { kind: BackupKind.LOGICAL, tool: 'mysqlsh util.dumpInstance', consistency: 'all sessions see one moment of the InnoDB tables' },
      { kind: BackupKind.PHYSICAL, tool: 'xtrabackup', consistency: 'the redo log of the time of the copy is part of it' },
      { kind: BackupKind.VOLUME_SNAPSHOT, tool: 'VolumeSnapshot', consistency: 'one volume at one moment is what a crash leaves' },
    );
  }

  public shutdownTimeout(memory: Size): Duration { return shutdownTimeout(memory); }
  public startupTimeout(dataSize: Size): Duration { return startupTimeout(dataSize); }
  public warnings(request: MemberRequest): Warning[] { return memberWarnings(this.spec, request); }
  public check(request: MemberRequest): Problem[] { return checkMember(this.spec, request); }
  public plan(request: MemberRequest): MemberPlan { return memberPlan(this.spec, request); }
}
