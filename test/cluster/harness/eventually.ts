import { Duration } from 'cdk8s';

export interface Patience {
  readonly within: Duration;
  /** Between two looks. @default Duration.millis(250) */
  readonly every?: Duration;
}

/** Looks until there is something to see (anything but undefined), and returns it. What stood in the way is in the error. */
export async function eventually<T>(what: string, patience: Patience, look: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + patience.within.toMilliseconds();
  let last = 'nothing was seen';
  for (;;) {
    try {
      const seen = await look();
      if (seen !== undefined) { return seen; }
    } catch (error) {
      last = String(error);
    }
    if (Date.now() > deadline) {
      throw new Error(`${what}: not within ${patience.within.toHumanString()} (${last})`);
    }
    await sleep(patience.every ?? Duration.millis(250));
  }
}

export function sleep(duration: Duration): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, duration.toMilliseconds()));
}
