import { engines } from './engines';
import { Fault, Proof } from './proof';
import { summarize } from './statistics';
import { count, seconds, table } from './table';

const INTRODUCTION = `# What was proven

Written by \`npm run proof:page\` from the files of \`proof/\`, each of which one suite of \`test/cluster\` wrote while it ran
(\`npm run proof\`). Times are seconds. What has no file, or no green one, is not proven.
`;

/** PROOF.md, from the proofs and the names of all suites there are. */
export function page(proofs: Proof[], suites: string[]): string {
  const sorted = [...proofs].sort((a, b) => a.suite < b.suite ? -1 : 1);
  return [INTRODUCTION, '## Engines', engines(sorted), '## Faults', faults(sorted), '## Promises', promises(sorted, suites), '## Runs', runs(sorted)].join('\n') + '\n';
}

function faults(proofs: Proof[]): string {
  return table(
    ['Engine', 'Fault', 'Measured', 'Rounds', 'Median', 'p95', 'Max', 'Acknowledged', 'Lost', 'Aim'],
    proofs.flatMap(proof => proof.faults.map(fault => faultRow(proof, fault))),
  );
}

function faultRow(proof: Proof, fault: Fault): string[] {
  const summary = summarize(fault);
  const short = summary.rounds < fault.wanted ? `, not proven: ${fault.wanted} wanted` : '';
  const failed = summary.failures > 0 ? `, ${summary.failures} failed` : '';
  return [
    proof.versions.server ?? '–', fault.name, fault.measure, `${summary.rounds}${short}${failed}`,
    seconds(summary.median), seconds(summary.p95), seconds(summary.max),
    count(summary.acknowledged), count(summary.lost), fault.aim,
  ];
}

function promises(proofs: Proof[], suites: string[]): string {
  const known = new Set(proofs.map(proof => proof.suite));
  const missing = suites.filter(suite => !known.has(suite)).sort().map(suite => [suite, 'all of its promises', '**not proven**']);
  const tested = proofs.flatMap(proof => proof.promises.map(({ title, result }) =>
    [proof.suite, title, result === 'passed' ? 'proven' : `**not proven** (${result})`]));
  return table(['Suite', 'Promise', 'Result'], [...tested, ...missing]);
}

function runs(proofs: Proof[]): string {
  return table(['Suite', 'Date', 'Commit', 'Kubernetes', 'Suites at a time', 'Server', 'Image'], proofs.map(({ suite, date, commit, together, versions }) =>
    [suite, date, commit, versions.kubernetes, `${together ?? 1}`, versions.server ?? '–', versions.image ?? '–']));
}
