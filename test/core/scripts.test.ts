import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { readScripts } from '../../lib/core/scripts';

jest.mock('fs', () => {
  const actual: typeof fs = jest.requireActual('fs');
  return { ...actual, readdirSync: jest.fn(actual.readdirSync) };
});

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'scripts-'));
afterAll(() => { fs.rmSync(folder, { recursive: true }); });

test('scripts are read word for word, sorted whatever the file system does, and nothing else is read', () => {
  fs.mkdirSync(path.join(folder, 'scripts'));
  for (const [name, text] of [['b.sh', 'echo "ä" $1\n'], ['a.sh', ''], ['c.sql', 'SELECT 1;'], ['d.mongodb', 'main();'], ['notes.md', 'x'], ['sh', 'x']] as const) {
    fs.writeFileSync(path.join(folder, 'scripts', name), text);
  }
  jest.mocked<(folder: string) => string[]>(fs.readdirSync).mockReturnValueOnce(['notes.md', 'd.mongodb', 'c.sql', 'b.sh', 'sh', 'a.sh']);
  expect(Object.entries(readScripts(folder))).toEqual([['a.sh', ''], ['b.sh', 'echo "ä" $1\n'], ['c.sql', 'SELECT 1;'], ['d.mongodb', 'main();']]);
});
