import { Duration, Size } from 'cdk8s';
import { BackupKind, BackupSupport } from '../../core/backup-support';
import type { EngineDefaults, IEngine } from '../../core/engine';
import { Exporter } from '../../core/exporter';
import type { MemberPlan } from '../../core/member-plan';
import type { MemberRequest } from '../../core/member-request';
import type { Problem } from '../../core/problems';
import { backupScripts, readScripts } from '../../core/scripts';
import type { StringMap } from '../../core/strings';
import type { Warning } from '../../core/warnings';
import { resolveDeclarations } from '../mysql/declarations';
import { dumpPlan } from '../mysql/dump';
import { memberPlan, MemberSpec } from '../mysql/member';
import { checkMember, memberWarnings, shutdownTimeout, startupTimeout } from '../mysql/server';
import { MARIADB_PRODUCT } from './mariadb-product';
import { MariaDbAuthentication, MariaDbOptions } from './options';

/** MariaDB's series with long-term support, from the official image `docker.io/library/mariadb`. */
export class MariaDb implements IEngine {
  /** MariaDB 10.11. */
  public static v1011(options: MariaDbOptions = {}): MariaDb { return new MariaDb('10.11', options); }
  /** MariaDB 11.4. */
  public static v114(options: MariaDbOptions = {}): MariaDb { return new MariaDb('11.4', options); }
  /** MariaDB 11.8. */
  public static v118(options: MariaDbOptions = {}): MariaDb { return new MariaDb('11.8', options); }
  /** MariaDB 12.3. */
  public static v123(options: MariaDbOptions = {}): MariaDb { return new MariaDb('12.3', options); }
  /** A certain patch release, such as `11.8.6`, or a series, which is the same as its factory. */
  public static of(version: string, options: MariaDbOptions = {}): MariaDb { return new MariaDb(version, options); }

  public readonly name = 'mariadb';
  public readonly defaults: EngineDefaults = { memory: Size.gibibytes(2), cpuMillis: 1000 };
  public readonly exporter = Exporter.image('docker.io/prom/mysqld-exporter:v0.18.0', { port: 9104 });
  public readonly separatesLog = false;
  public readonly backupSupport: BackupSupport;
  private readonly spec: MemberSpec;

  private constructor(public readonly version: string, options: MariaDbOptions) {
    const authentication = options.authentication ?? MariaDbAuthentication.NATIVE;
    const { fixed } = MARIADB_PRODUCT;
    const plugin: StringMap = authentication === MariaDbAuthentication.ED25519 ? { plugin_load_add: 'auth_ed25519' } : {};
    this.spec = {
      product: { ...MARIADB_PRODUCT, fixed: series => ({ ...fixed(series), ...plugin }) },
      version,
      declarations: resolveDeclarations(options),
      dataFolder: options.dataFolder ?? 'data',
      environment: { ACCOUNT_PLUGIN: authentication },
      scripts: readScripts(__dirname),
    };
    const dump = dumpPlan(MARIADB_PRODUCT.releases, version, backupScripts(__dirname));
    this.backupSupport = BackupSupport.by(
      { kind: BackupKind.LOGICAL, tool: 'mariadb-dump --single-transaction', consistency: 'one transaction sees one moment of the InnoDB tables', dump },
      { kind: BackupKind.PHYSICAL, tool: 'mariadb-backup', consistency: 'the redo log of the time of the copy is part of it' },
      { kind: BackupKind.VOLUME_SNAPSHOT, tool: 'VolumeSnapshot', consistency: 'one volume at one moment is what a crash leaves' },
    );
  }

  public shutdownTimeout(memory: Size): Duration { return shutdownTimeout(memory); }
  public startupTimeout(dataSize: Size): Duration { return startupTimeout(dataSize); }
  public warnings(request: MemberRequest): Warning[] { return memberWarnings(this.spec, request); }
  public check(request: MemberRequest): Problem[] { return checkMember(this.spec, request); }
  public plan(request: MemberRequest): MemberPlan { return memberPlan(this.spec, request); }
}
