import type { DumpPlan } from './dump-plan';

/** What a backup of some kind is a copy of. */
export enum BackupKind {
  /** Statements or records that the server reads out: independent of its version and files. */
  LOGICAL = 'logical',
  /** The server's own files, copied by a tool that knows them. */
  PHYSICAL = 'physical',
  /** The volume, at one moment. */
  VOLUME_SNAPSHOT = 'volume-snapshot',
}

/** One way in which an engine's data can be backed up. */
export interface BackupTool {
  /** What is copied. */
  readonly kind: BackupKind;
  /** The tool, as its own documentation calls it. */
  readonly tool: string;
  /** Why the copy is consistent. */
  readonly consistency: string;
  /**
   * How this library makes such a backup, and a new database of it.
   *
   * @default - it can't; other tools can
   */
  readonly dump?: DumpPlan;
}

/** The ways in which an engine's data can be backed up, best first. */
export class BackupSupport {
  /** By these tools. */
  public static by(...tools: BackupTool[]): BackupSupport {
    return new BackupSupport(tools, undefined);
  }

  /** Not at all: no copy would be a backup, for this reason. */
  public static none(reason: string): BackupSupport {
    return new BackupSupport([], reason);
  }

  private constructor(
    /** The tools, best first. */
    public readonly tools: BackupTool[],
    /** Why there is none. */
    public readonly noneBecause: string | undefined,
  ) {}
}

/** The formats of backups that a new database can begin with. */
export function loadableFormats({ tools }: BackupSupport): string[] {
  return [...new Set(tools.flatMap(({ dump }) => (dump === undefined ? [] : [dump.format])))];
}
