import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'fs';
import { dirname, join } from 'path';
import { suiteName } from '../../../tools/proof/main';
import { Fault } from '../../../tools/proof/proof';
import { SETTINGS } from './settings';

/** What a suite says of itself while it runs; the reporter adds the results of its tests. */
export interface Figures {
  readonly server?: string;
  readonly image?: string;
  readonly faults: Fault[];
}

export const FOLDER = join(__dirname, '..', '.results', `figures-${SETTINGS.runId}`);

/** Notes which server the suite runs. */
export function recordServer(server: string, image: string): void {
  save({ ...readFigures(currentSuite()), server, image });
}

/** Notes a fault's rounds, in place of what was noted of it before. */
export function recordFault(fault: Fault): void {
  const figures = readFigures(currentSuite());
  save({ ...figures, faults: [...figures.faults.filter(({ name }) => name !== fault.name), fault] });
}

export function readFigures(suite: string): Figures {
  const file = fileOf(suite);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) as Figures : { faults: [] };
}

function save(figures: Figures): void {
  const file = fileOf(currentSuite());
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(figures, undefined, 2));
}

function currentSuite(): string {
  const file = expect.getState().testPath;
  if (file === undefined) { throw new Error('figures are recorded by a running test'); }
  return suiteName(file);
}

function fileOf(suite: string): string {
  return join(FOLDER, `${suite}.json`);
}
