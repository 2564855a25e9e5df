/**
 * Makes the skeleton of a new engine: `npm run new-engine -- NAME`.
 *
 * It compiles and is clean, and the contract suite is red until its facts are filled in.
 */
import * as path from 'path';
import { newEngine } from './new-engine';

try {
  process.stdout.write(newEngine(path.join(__dirname, '..', '..'), process.argv.slice(2)));
} catch (error) {
  process.stderr.write(`new-engine: ${(error as Error).message}\n`);
  process.exitCode = 1;
}
