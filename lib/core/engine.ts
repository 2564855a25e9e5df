import type { Duration, Size } from 'cdk8s';
import type { BackupSupport } from './backup-support';
import type { Exporter } from './exporter';
import type { MemberPlan } from './member-plan';
import type { MemberRequest } from './member-request';
import type { Problem } from './problems';
import type { Warning } from './warnings';

/** What an engine takes when the user says nothing. */
export interface EngineDefaults {
  /** The memory limit and request. */
  readonly memory: Size;
  /** The processor request in thousandths of a core. */
  readonly cpuMillis: number;
}

/** A database server: the seam between what every database has and what only this one knows. */
export interface IEngine {
  /** The engine's name, as in the label `app.kubernetes.io/name`: `postgres`. */
  readonly name: string;
  /** The version that was asked for: `17` or `17.5`. */
  readonly version: string;
  /** What it takes when the user says nothing. */
  readonly defaults: EngineDefaults;
  /** How its figures are read. */
  readonly exporter: Exporter;
  /** How its data can be backed up. */
  readonly backupSupport: BackupSupport;
  /** Whether it can have its log on a volume of its own (`storage.wal`). */
  readonly separatesLog: boolean;
  /** What a user of this version, with this request, should know. Every code begins with the engine's name. */
  warnings(request: MemberRequest): Warning[];
  /** How long a clean stop may take with this much memory. */
  shutdownTimeout(memory: Size): Duration;
  /** How long the server may give no answer at all after a start, with a volume of this size. */
  startupTimeout(dataSize: Size): Duration;
  /** Everything in the request that this engine refuses. */
  check(request: MemberRequest): Problem[];
  /** The member. The same request always gives the same plan; called only when `check` found nothing. */
  plan(request: MemberRequest): MemberPlan;
}
