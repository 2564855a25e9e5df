import { Fault, Round } from '../../../tools/proof/proof';
import { Summary, summarize } from '../../../tools/proof/statistics';
import { recordFault } from './figures';
import { SETTINGS } from './settings';

export interface FaultOptions {
  readonly name: string;
  readonly measure: string;
  readonly aim: string;
  /** How many rounds make a proof. Unless PROOF_ROUNDS is "full", fewer may be played. */
  readonly rounds: number;
}

/** What a round measured. */
export type Measured = Omit<Round, 'at' | 'failure'>;

/** Injects a fault again and again, and records every round as it happened, the failed one too, after which it ends. */
export async function playRounds(options: FaultOptions, play: (round: number) => Promise<Measured>): Promise<Summary> {
  const rounds: Round[] = [];
  const fault: Fault = { name: options.name, measure: options.measure, aim: options.aim, wanted: options.rounds, rounds };
  for (let round = 1; round <= played(options.rounds); round++) {
    const at = new Date().toISOString();
    try {
      rounds.push({ at, ...await play(round) });
    } catch (error) {
      rounds.push({ at, failure: String(error) });
      throw error;
    } finally {
      recordFault(fault);
    }
  }
  return summarize(fault);
}

function played(full: number): number {
  return SETTINGS.rounds === 'full' ? full : Math.min(full, Number(SETTINGS.rounds));
}
