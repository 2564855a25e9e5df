import { Cron, Duration } from 'cdk8s';
import { Problem, quote } from './problems';

/** When something is done again and again. */
export interface ScheduleProps {
  /** When. */
  readonly schedule: Cron;
  /**
   * The time zone of the schedule, by its name in the tz database: `Europe/Berlin`.
   *
   * @default 'Etc/UTC'
   */
  readonly timeZone?: string;
  /**
   * How late a run may begin that could not begin in time, in whole seconds, at least 10. Of several missed runs, only the last is made
   * up for.
   *
   * @default Duration.hours(1)
   */
  readonly startingDeadline?: Duration;
  /**
   * Whether no run begins.
   *
   * @default false
   */
  readonly suspend?: boolean;
}

/** When a CronJob begins its Jobs. */
export interface When {
  readonly schedule: string;
  readonly timeZone: string;
  readonly startingDeadline: Duration;
  readonly suspend: boolean;
}

/** Fills in the defaults. */
export function resolveSchedule(props: ScheduleProps): When {
  return {
    schedule: props.schedule.expressionString,
    timeZone: props.timeZone ?? 'Etc/UTC',
    startingDeadline: props.startingDeadline ?? Duration.hours(1),
    suspend: props.suspend ?? false,
  };
}

const FIELD = /^(?:\*|[0-9A-Za-z]+(?:-[0-9A-Za-z]+)?)(?:\/\d+)?(?:,(?:\*|[0-9A-Za-z]+(?:-[0-9A-Za-z]+)?)(?:\/\d+)?)*$/;

/** Refuses a schedule that Kubernetes would not take. */
export function checkSchedule({ schedule, startingDeadline, timeZone }: When): Problem[] {
  const seconds = startingDeadline.toSeconds({ integral: false });
  const fields = schedule.split(' ');
  return [
    ...(fields.length === 5 && fields.every((field, index) => FIELD.test(field) && inRange(field, index)) ? []
      : [{ path: 'schedule', got: quote(schedule), want: 'five fields, such as Cron.schedule({ minute: \'0\', hour: \'3\' })' }]),
    ...(/^[A-Z][A-Za-z0-9_+-]*(?:\/[A-Z][A-Za-z0-9_+-]*){0,2}$/.test(timeZone) && timeZone !== 'Local' ? []
      : [{ path: 'timeZone', got: quote(timeZone), want: 'a name of the tz database, such as "Europe/Berlin"' }]),
    // The controller looks every ten seconds; with less, a run may never begin (kubernetes.io, CronJob).
    ...(Number.isInteger(seconds) && seconds >= 10 ? [] : [{ path: 'startingDeadline', got: `${seconds} s`, want: 'whole seconds, at least 10' }]),
  ];
}

// The least and the most of minute, hour, day, month and weekday; names and steps are Kubernetes' own to check.
const RANGES: readonly (readonly [number, number])[] = [[0, 59], [0, 23], [1, 31], [1, 12], [0, 7]];

function inRange(field: string, index: number): boolean {
  const [least, most] = RANGES[index] ?? [0, 0];
  return [...field.replace(/\/\d+/g, '').matchAll(/\d+/g)].every(([number]) => Number(number) >= least && Number(number) <= most);
}
