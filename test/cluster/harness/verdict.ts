/** A write that the server said was safe. */
export interface Acknowledgement {
  /** Seconds, by the client's clock. */
  readonly at: number;
  readonly id: string;
}

/** What became of the writes. */
export interface Verdict {
  readonly acknowledged: number;
  /** Acknowledged, and not in the table. */
  readonly lost: number;
  /** In the table more than once. */
  readonly duplicates: number;
  /** The longest time without an acknowledgement, in seconds, that ended after the given moment. */
  readonly gap: number;
}

/** Reads the lines that writer.sh logs. A line that the client's death cut short is no acknowledgement. */
export function parseAcknowledgements(log: string): Acknowledgement[] {
  return [...log.matchAll(/^(\d+\.\d{6}) (\d+)\n/gm)].map(([, at = '', id = '']) => ({ at: Number(at), id }));
}

export function judge(acknowledgements: Acknowledgement[], rows: string[], since: number): Verdict {
  const present = new Set(rows);
  const times = acknowledgements.map(({ at }) => at).sort((a, b) => a - b);
  return {
    acknowledged: acknowledgements.length,
    lost: acknowledgements.filter(({ id }) => !present.has(id)).length,
    duplicates: rows.length - present.size,
    gap: longestGap(times, since),
  };
}

/** Acknowledgements a second, in the second before the given moment. */
export function rateBefore(acknowledgements: Acknowledgement[], moment: number): number {
  return acknowledgements.filter(({ at }) => at > moment - 1 && at <= moment).length;
}

function longestGap(times: number[], since: number): number {
  const gaps = times.map((time, i) => time > since ? time - (times[i - 1] ?? time) : 0);
  return gaps.reduce((longest, gap) => Math.max(longest, gap), 0);
}
