import type { Duration } from 'cdk8s';

/** A taint that a database's pods put up with. */
export class Toleration {
  /** A taint with this key and value: `dedicated=databases:NoSchedule`. */
  public static of(key: string, value: string, effect?: TaintEffect): Toleration { return new Toleration(key, value, effect); }
  /** Any taint with this key. */
  public static anyValue(key: string, effect?: TaintEffect): Toleration { return new Toleration(key, undefined, effect); }
  /**
   * How long a pod stays on a node that is not ready or not reachable, before it is deleted.
   *
   * At least 30 seconds: a single instance is gone for longer than most such faults last.
   */
  public static nodeOutage(wait: Duration): Toleration { return new Toleration('', undefined, TaintEffect.NO_EXECUTE, wait); }

  private constructor(
    /** The key of the taint. */
    public readonly key: string,
    /** The value of the taint; any when it is missing. */
    public readonly value?: string,
    /** The effect of the taint; any when it is missing. */
    public readonly effect?: TaintEffect,
    /** For node outages: how long to wait. */
    public readonly wait?: Duration,
  ) {}
}

/** What a taint does to pods that do not tolerate it. */
export enum TaintEffect {
  /** No new pods. */
  NO_SCHEDULE = 'NoSchedule',
  /** New pods rather elsewhere. */
  PREFER_NO_SCHEDULE = 'PreferNoSchedule',
  /** No new pods, and those that are there are evicted. */
  NO_EXECUTE = 'NoExecute',
}
