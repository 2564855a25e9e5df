import { Problem, quote } from './problems';

/** Which backup a new database begins with. */
export class RecoveryTarget {
  /** The last one, as it is when the new database is first started. */
  public static latest(): RecoveryTarget { return new RecoveryTarget('latest'); }

  /** A certain one, by its id: `00000042-20261121T030000Z`, as the log of its Job and the names of the manifests have it. */
  public static backup(id: string): RecoveryTarget { return new RecoveryTarget(id); }

  /** The last one that began at this time or before, in UTC to the second: `2026-11-21T03:00:00Z`. What came after is not in it. */
  public static before(time: string): RecoveryTarget { return new RecoveryTarget(`before:${time.replace(/[-:]/g, '')}`, time); }

  private constructor(
    /** As `fetch.sh` reads it. */
    public readonly expression: string,
    /** The time that was given, if it was one. */
    public readonly time?: string,
  ) {}
}

/** Refuses what is no id and no time. */
export function checkRecoveryTarget(path: string, target: RecoveryTarget): Problem[] {
  if (target.time !== undefined) {
    const valid = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(target.time) && !Number.isNaN(Date.parse(target.time));
    return valid ? [] : [{ path, got: quote(target.time), want: 'a time in UTC to the second, such as "2026-11-21T03:00:00Z"' }];
  }
  if (target.expression === 'latest' || /^\d{8}-\d{8}T\d{6}Z$/.test(target.expression)) { return []; }
  return [{ path, got: quote(target.expression), want: 'the id of a backup, such as "00000042-20261121T030000Z"' }];
}
