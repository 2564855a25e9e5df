import { Proof } from '../../../tools/proof/proof';
import { Summary, summarize } from '../../../tools/proof/statistics';

/** The table of all figures, for the end of a run. */
export function report(proofs: Proof[]): string {
  const head = ['fault', 'measured', 'rounds', 'median', 'p95', 'max', 'acknowledged', 'lost', 'duplicates', 'aim'];
  const rows = proofs.flatMap(proof => proof.faults.map(fault =>
    [fault.name, fault.measure, ...figures(summarize(fault)), fault.aim]));
  return rows.length === 0 ? '' : columns([head, ...rows]);
}

function figures(summary: Summary): string[] {
  const failed = summary.failures > 0 ? ` (${summary.failures} failed)` : '';
  const seconds = [summary.median, summary.p95, summary.max].map(value => value === undefined ? '-' : `${value.toFixed(1)} s`);
  const counts = [summary.acknowledged, summary.lost, summary.duplicates].map(value => `${value ?? '-'}`);
  return [`${summary.rounds}${failed}`, ...seconds, ...counts];
}

function columns(rows: string[][]): string {
  const width = (column: number) => Math.max(...rows.map(row => row[column]?.length ?? 0));
  return rows.map(row => row.map((cell, column) => cell.padEnd(width(column))).join('  ').trimEnd()).join('\n');
}
