import { Problem } from '../core/problems';

/** How many backups each tier keeps. */
export interface RetentionTiers {
  /**
   * The last backup of each of so many days, counted by the days that have one.
   *
   * @default 0
   */
  readonly daily?: number;
  /**
   * The last backup of each of so many weeks, from Monday on.
   *
   * @default 0
   */
  readonly weekly?: number;
  /**
   * The last backup of each of so many months.
   *
   * @default 0
   */
  readonly monthly?: number;
  /**
   * The last backup of each of so many years.
   *
   * @default 0
   */
  readonly yearly?: number;
  /**
   * The latest backups, however old they are, that always stay.
   *
   * @default 3
   */
  readonly keepAtLeast?: number;
}

/**
 * Which backups stay when a new one is complete.
 *
 * Only complete and verified backups count, so that failures never push out what is good; days are those of UTC. Nothing is
 * removed by a run that failed.
 */
export class Retention {
  /** So many of each tier; a backup stays as long as one of them keeps it. */
  public static tiers(tiers: RetentionTiers): Retention {
    const { daily = 0, weekly = 0, monthly = 0, yearly = 0, keepAtLeast = 3 } = tiers;
    return new Retention(daily, weekly, monthly, yearly, keepAtLeast, true);
  }

  /** The latest ones, and no others. */
  public static last(count: number): Retention { return new Retention(0, 0, 0, 0, count, true); }

  /** Every backup, for ever: something else has to remove them. */
  public static forever(): Retention { return new Retention(0, 0, 0, 0, 0, false); }

  private constructor(
    /** Days. */
    public readonly daily: number,
    /** Weeks. */
    public readonly weekly: number,
    /** Months. */
    public readonly monthly: number,
    /** Years. */
    public readonly yearly: number,
    /** The latest ones. */
    public readonly keepAtLeast: number,
    /** Whether any backup is ever removed. */
    public readonly prunes: boolean,
  ) {}

  /**
   * Those of the backups that would be removed, when `ids` are all that there are.
   *
   * The same as `retention.awk` decides, which is what runs; ids are in the order of their numbers.
   */
  public removes(ids: string[]): string[] {
    if (!this.prunes) { return []; }
    const latestFirst = [...ids].sort().reverse();
    const kept = new Set(latestFirst.slice(0, this.keepAtLeast));
    for (const [limit, period] of this.periods()) {
      for (const id of lastOfEach(latestFirst, period).slice(0, limit)) { kept.add(id); }
    }
    return latestFirst.filter(id => !kept.has(id));
  }

  private periods(): [number, (date: string) => string][] {
    return [[this.daily, date => date], [this.weekly, week], [this.monthly, date => date.slice(0, 6)], [this.yearly, date => date.slice(0, 4)]];
  }
}

/** Refuses numbers that are none, and a retention that would keep nothing. */
export function checkRetention(path: string, retention: Retention): Problem[] {
  const { daily, keepAtLeast, monthly, prunes, weekly, yearly } = retention;
  const counts = { daily, weekly, monthly, yearly };
  return [
    ...Object.entries(counts).filter(([, count]) => !(Number.isInteger(count) && count >= 0 && count <= 10000))
      .map(([tier, count]) => ({ path: `${path}.${tier}`, got: `${count}`, want: 'a whole number from 0 to 10000' })),
    ...(!prunes || (Number.isInteger(keepAtLeast) && keepAtLeast >= 1 && keepAtLeast <= 10000) ? []
      : [{ path: `${path}.keepAtLeast`, got: `${keepAtLeast}`, want: 'a whole number from 1 to 10000',
        remedy: 'the last backup is never removed; Retention.forever() removes none' }]),
  ];
}

// The latest backup of each period that has one.
function lastOfEach(latestFirst: string[], period: (date: string) => string): string[] {
  const seen = new Set<string>();
  return latestFirst.filter(id => {
    const key = period(id.slice(9, 17));
    const isFirst = !seen.has(key);
    seen.add(key);
    return isFirst;
  });
}

// Weeks since the first Monday of 1970, which was the 5th of January.
function week(date: string): string {
  const day = Date.UTC(Number(date.slice(0, 4)), Number(date.slice(4, 6)) - 1, Number(date.slice(6, 8))) / 86400000;
  return `${Math.floor((day - 4) / 7)}`;
}
