import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { readScripts } from '../../lib/core/scripts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'scripts-'));
afterAll(() => { fs.rmSync(folder, { recursive: true }); });

test('scripts are read word for word, sorted, and nothing else is read', () => {
  fs.mkdirSync(path.join(folder, 'scripts'));
  for (const [name, text] of [['b.sh', 'echo "ä" $1\n'], ['a.sh', ''], ['c.sql', 'SELECT 1;'], ['notes.md', 'x'], ['sh', 'x']] as const) {
    fs.writeFileSync(path.join(folder, 'scripts', name), text);
  }
  expect(Object.entries(readScripts(folder))).toEqual([['a.sh', ''], ['b.sh', 'echo "ä" $1\n'], ['c.sql', 'SELECT 1;']]);
});
