/** A table of Markdown. */
export function table(head: string[], rows: string[][]): string {
  if (rows.length === 0) { return '\nNone.\n'; }
  const lines = [head, head.map(() => '---'), ...rows.map(row => row.map(cell => cell.replace(/\|/g, '\\|')))];
  return `\n${lines.map(cells => `| ${cells.join(' | ')} |`).join('\n')}\n`;
}

/** Seconds with a tenth. */
export function seconds(value: number | undefined): string {
  return value === undefined ? '–' : value.toFixed(1);
}

/** A whole number. */
export function count(value: number | undefined): string {
  return value === undefined ? '–' : `${value}`;
}
