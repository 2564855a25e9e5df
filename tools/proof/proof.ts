/** What one suite of the cluster tests showed, as it happened. Stands in `proof/SUITE.json`. */
export interface Proof {
  readonly suite: string;
  /** When the suite ended. */
  readonly date: string;
  /** The commit that was tested; ends with "-dirty" if the files were not as committed. */
  readonly commit: string;
  readonly versions: Versions;
  /** How many suites ran at a time on the cluster: with more than one, times are longer than they would be. Absent means one. */
  readonly together?: number;
  readonly promises: PromiseResult[];
  readonly faults: Fault[];
}

export interface Versions {
  readonly kubernetes: string;
  /** The server and its exact version; absent where a suite starts none. */
  readonly server?: string;
  readonly image?: string;
}

/** One test: its title is a promise. */
export interface PromiseResult {
  readonly title: string;
  readonly result: 'passed' | 'failed' | 'not run';
}

/** A fault that was injected again and again. */
export interface Fault {
  readonly name: string;
  /** What the rounds' seconds are: "time to ready". */
  readonly measure: string;
  /** What was aimed at, in words. */
  readonly aim: string;
  /** How many rounds make a proof. */
  readonly wanted: number;
  readonly rounds: Round[];
}

export interface Round {
  readonly at: string;
  /** Absent if the round failed before there was something to measure. */
  readonly seconds?: number;
  /** Acknowledged writes since the suite began. */
  readonly acknowledged?: number;
  readonly lost?: number;
  readonly duplicates?: number;
  /** Acknowledged writes a second when the fault struck. */
  readonly rate?: number;
  /** The longest time without an acknowledged write, in seconds. */
  readonly gap?: number;
  /** Why the round was no success. */
  readonly failure?: string;
}
