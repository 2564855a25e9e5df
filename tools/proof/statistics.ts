import { Fault, Round } from './proof';

/** The figures of a fault's rounds. */
export interface Summary {
  readonly rounds: number;
  readonly failures: number;
  readonly median?: number;
  readonly p95?: number;
  readonly max?: number;
  readonly acknowledged?: number;
  readonly lost?: number;
  readonly duplicates?: number;
}

export function summarize(fault: Fault): Summary {
  const seconds = numbers(fault.rounds, 'seconds').sort((a, b) => a - b);
  return {
    rounds: fault.rounds.length,
    failures: fault.rounds.filter(round => round.failure !== undefined).length,
    median: median(seconds),
    p95: percentile(seconds, 95),
    max: seconds[seconds.length - 1],
    acknowledged: greatest(numbers(fault.rounds, 'acknowledged')),
    lost: greatest(numbers(fault.rounds, 'lost')),
    duplicates: greatest(numbers(fault.rounds, 'duplicates')),
  };
}

/** The middle one, or what lies between the two in the middle. */
export function median(sorted: number[]): number | undefined {
  const [lower, upper] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]];
  return lower === undefined || upper === undefined ? undefined : (lower + upper) / 2;
}

/** The smallest value that is at least as great as so many percent of all: a value that was measured. */
export function percentile(sorted: number[], percent: number): number | undefined {
  return sorted[Math.ceil(sorted.length * percent / 100) - 1];
}

function numbers(rounds: Round[], field: 'seconds' | 'acknowledged' | 'lost' | 'duplicates'): number[] {
  return rounds.map(round => round[field]).filter((value): value is number => value !== undefined);
}

// The rounds of a suite share one table, so their counts grow from round to round.
function greatest(values: number[]): number | undefined {
  return values.length > 0 ? Math.max(...values) : undefined;
}
