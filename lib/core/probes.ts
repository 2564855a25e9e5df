import { Duration } from 'cdk8s';
import type { ProbePlan } from './member-plan';
import { scriptPath } from './mounts';

/** How long one probe of the startup or readiness may take; scripts get it as `PROBE_TIMEOUT`. */
export const PROBE_TIMEOUT = Duration.seconds(5);

/** The three probes of a member, each by a script of its own. */
export interface Probes {
  readonly startup: ProbePlan;
  readonly readiness: ProbePlan;
  readonly liveness: ProbePlan;
}

/** What differs between engines. */
export interface ProbeOptions {
  /** How long the server may give no answer at all after a start. */
  readonly budget: Duration;
  /**
   * How long one probe of readiness or startup may take: longer where the client is slow to start, as in Java.
   *
   * @default - 5 s
   */
  readonly timeout?: Duration;
  /**
   * Time between two probes of the startup.
   *
   * @default - 2 s
   */
  readonly startupPeriod?: Duration;
}

/**
 * The probes of all engines: `started.sh` succeeds once the server answers, if only that it recovers; `ready.sh` is strict;
 * `alive.sh` comes last: two minutes without any answer, and never because the server is busy.
 */
export function probes(options: ProbeOptions): Probes {
  const timeout = options.timeout ?? PROBE_TIMEOUT;
  const period = options.startupPeriod ?? Duration.seconds(2);
  return {
    startup: { command: [scriptPath('started.sh')], period, timeout, failures: Math.ceil(options.budget.toSeconds() / period.toSeconds()) },
    readiness: { command: [scriptPath('ready.sh')], period: Duration.seconds(5), timeout, failures: 3 },
    liveness: { command: [scriptPath('alive.sh')], period: Duration.seconds(10), timeout: Duration.seconds(10), failures: 12 },
  };
}
