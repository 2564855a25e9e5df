import { Fault, Proof } from './proof';
import { median, summarize, Summary } from './statistics';
import { count, seconds, table } from './table';

const HEAD = ['Engine', 'Checks passed', 'First boot', 'kill -9, rounds', 'Median to ready', 'Max', 'Acknowledged', 'Lost', 'Writes/s', 'Stop under load, median', 'Max'];

/** Every engine through the same checks: what its suite of test/cluster/engines measured. */
export function engines(proofs: Proof[]): string {
  return table(HEAD, proofs.filter(({ suite }) => suite.startsWith('engines-')).map(engineRow));
}

function engineRow(proof: Proof): string[] {
  const [boot, kill, stop] = ['first boot', 'kill -9 under load', 'stop under load'].map(name => summaryOf(proof, name));
  const passed = proof.promises.filter(({ result }) => result === 'passed').length;
  return [
    proof.versions.server ?? proof.suite, `${passed} of ${proof.promises.length}`, seconds(boot?.max),
    rounds(proof, 'kill -9 under load', kill), seconds(kill?.median), seconds(kill?.max), count(kill?.acknowledged), count(kill?.lost), writes(proof),
    seconds(stop?.median), seconds(stop?.max),
  ];
}

function faultOf(proof: Proof, name: string): Fault | undefined {
  return proof.faults.find(fault => fault.name === name);
}

function summaryOf(proof: Proof, name: string): Summary | undefined {
  const fault = faultOf(proof, name);
  return fault === undefined ? undefined : summarize(fault);
}

function rounds(proof: Proof, name: string, summary: Summary | undefined): string {
  const wanted = faultOf(proof, name)?.wanted ?? 0;
  if (summary === undefined) { return '–'; }
  return summary.rounds < wanted ? `${summary.rounds}, not proven: ${wanted} wanted` : `${summary.rounds}`;
}

/** The acknowledged writes a second when the server was killed, at the median of the rounds. */
function writes(proof: Proof): string {
  const rates = (faultOf(proof, 'kill -9 under load')?.rounds ?? []).map(({ rate }) => rate).filter(rate => rate !== undefined).sort((a, b) => a - b);
  const middle = median(rates);
  return middle === undefined ? '–' : `${Math.round(middle)}`;
}
