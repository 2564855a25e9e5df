import * as fs from 'fs';
import * as path from 'path';
import { App, Chart, Size } from 'cdk8s';
import * as library from '../lib';
import { Postgres, SingleInstanceDb } from '../lib';
import { POSTGRES } from '../lib/engines/postgres/versions';

const ROOT = path.join(__dirname, '..');
const README = read('README.md');
const ENGINE_PAGE = read('lib/engines/postgres/README.md');

function read(file: string): string {
  return fs.readFileSync(path.join(ROOT, file), 'utf8');
}

function database(size: Size, settings: { [name: string]: string }): SingleInstanceDb {
  const chart = new Chart(new App(), 'shop', { namespace: 'shop' });
  return new SingleInstanceDb(chart, 'orders', { engine: Postgres.v17(), storage: { size }, settings });
}

/** The blocks that show a part of a file, with the file: `<!-- excerpt: PATH -->`. */
function excerpts(): [string, string[]][] {
  const blocks = [...README.matchAll(/<!-- excerpt: (\S+) -->\n```\w+\n([\s\S]*?)```/g)];
  return blocks.map(([, file, text]) => [file as string, (text as string).trimEnd().split('\n')]);
}

test('what the README shows of a manifest stands in that manifest, in that order', () => {
  expect(excerpts().length).toBeGreaterThan(0);
  for (const [file, lines] of excerpts()) {
    const golden = read(file).split('\n');
    let at = golden.indexOf('kind: StatefulSet');
    for (const line of lines.filter(each => each.trim() !== '…')) {
      const found = golden.indexOf(line, at);
      expect(found === -1 ? `not in ${file}: ${line}` : line).toBe(line);
      at = found + 1;
    }
  }
});

test('the refusal in the README is what the library says', () => {
  const [, shown] = /```\n(SingleInstanceDb "shop\/orders" is not valid:[\s\S]*?)\n```/.exec(README) ?? [];
  expect(() => database(Size.mebibytes(512), { fsync: 'off' })).toThrow(new Error(shown));
});

test('the growth commands in the README are what the library prints', () => {
  for (const command of database(Size.gibibytes(80), {}).growthCommands()) { expect(README).toContain(command); }
});

test('the page of PostgreSQL lists every major with the release it runs and the end of its support', () => {
  expect(Object.keys(POSTGRES.series).length).toBeGreaterThan(0);
  for (const [major, { patch, endOfSupport }] of Object.entries(POSTGRES.series)) {
    expect(ENGINE_PAGE).toMatch(new RegExp(`^\\| ${major} \\| ${patch.replace('.', '\\.')} \\| (ended on )?${endOfSupport}`, 'm'));
  }
});

describe('the table of the engines', () => {
  const rows = [...README.matchAll(/^\| \[([^\]]+)\]\(lib\/engines\/([a-z]+)\/README\.md\)[^|]*\| `(\w+)` \| ([^|]+) \| (.+) \|$/gm)]
    .map(([, , folder = '', type = '', factories = '', state = '']) => ({ folder, type, factories, state }));

  test('has every engine, with all of its factories', () => {
    const folders = fs.readdirSync(path.join(ROOT, 'lib', 'engines'), { withFileTypes: true }).filter(entry => entry.isDirectory()).map(({ name }) => name);
    expect(rows.map(({ folder }) => folder).sort()).toEqual(folders.sort());
    for (const { type, factories } of rows) {
      const own = Object.getOwnPropertyNames((library as unknown as { [name: string]: object })[type]).filter(name => /^v\d/.test(name));
      expect({ type, factories }).toEqual({ type, factories: own.map(name => `\`${name}\``).join(', ') });
    }
  });

  test('says that nothing is proven exactly where there is no proof of its suite in which everything passed', () => {
    const proven = (folder: string): boolean => {
      const file = path.join(ROOT, 'proof', `engines-${folder}.json`);
      const { promises } = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) as { promises: { result: string }[] } : { promises: [] };
      return promises.length > 0 && promises.every(({ result }) => result === 'passed');
    };
    expect(rows.map(({ folder, state }) => [folder, !state.startsWith('*not proven*')])).toEqual(rows.map(({ folder }) => [folder, proven(folder)]));
  });
});
