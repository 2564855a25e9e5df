import { Size } from 'cdk8s';
import * as fc from 'fast-check';
import type { MemberRequest } from '../../../lib';
import { MARIADB_PRODUCT } from '../../../lib/engines/mariadb/mariadb-product';
import { checkSizing } from '../../../lib/engines/mysql/check-settings';
import { mebibytesOf } from '../../../lib/engines/mysql/memory';
import { MYSQL_PRODUCT } from '../../../lib/engines/mysql/mysql-product';
import type { Product } from '../../../lib/engines/mysql/product';
import { figures, memorySettings, memorySum } from '../../../lib/engines/mysql/sizing';
import { REQUEST } from './request';

const PRODUCTS = [['MySQL', MYSQL_PRODUCT], ['MariaDB', MARIADB_PRODUCT]] as const;
const RUNS = { seed: 1, numRuns: 500 };
const requests: fc.Arbitrary<MemberRequest> = fc.record({
  memory: fc.oneof(fc.integer({ min: 768, max: 4096 }), fc.integer({ min: 768, max: 1024 * 1024 })).map(each => Size.mebibytes(each)),
  connections: fc.option(fc.integer({ min: 5, max: 10_000 }), { nil: undefined }),
  dataSize: fc.integer({ min: 1, max: 65_536 }).map(each => Size.gibibytes(each)),
}).map(random => ({ ...REQUEST, ...random }));

function picked(product: Product, memory: Size): string[] {
  const settings = memorySettings({ ...REQUEST, memory }, product);
  return ['innodb_buffer_pool_size', 'max_connections', 'performance_schema', 'tmp_table_size', 'temptable_max_ram'].map(name => settings[name] ?? '-');
}

test.each<[memory: Size, mysql: string[], mariadb: string[]]>([
  [Size.mebibytes(768), ['224M', '64', 'OFF', '64M', '95M'], ['224M', '64', 'OFF', '4M', '-']],
  [Size.gibibytes(2), ['1024M', '150', 'ON', '50M', '50M'], ['1024M', '150', 'OFF', '3M', '-']],
  [Size.gibibytes(16), ['9728M', '150', 'ON', '64M', '2048M'], ['9824M', '150', 'OFF', '35M', '-']],
])('%j is divided as calculated by hand', (memory, mysql, mariadb) => {
  expect(picked(MYSQL_PRODUCT, memory)).toEqual(mysql);
  expect(picked(MARIADB_PRODUCT, memory)).toEqual(mariadb);
});

test.each(PRODUCTS)('whatever is asked of %s fits into the memory limit, or is refused for it', (_name, product) => {
  const seen = { fits: 0, refused: 0 };
  fc.assert(fc.property(requests, request => {
    const settings = memorySettings(request, product);
    const connections = Number(settings.max_connections);
    const sum = mebibytesOf(settings.innodb_buffer_pool_size as string) * 1.08 + connections * product.memory.session + product.memory.base;
    const problems = checkSizing(request, product);
    seen[problems.length === 0 ? 'fits' : 'refused']++;
    expect(problems.map(({ path }) => path)).toEqual(memorySum(request, product) <= request.memory.toMebibytes() ? [] : ['resources.memory']);
    if (problems.length === 0) { expect(sum).toBeLessThan(request.memory.toMebibytes()); }
  }), RUNS);
  expect(Math.min(seen.fits, seen.refused)).toBeGreaterThan(50);
});

test.each(PRODUCTS)('without a word about connections, nothing that %s has memory for is refused', (_name, product) => {
  fc.assert(fc.property(requests, request => { expect(checkSizing({ ...request, connections: undefined }, product)).toEqual([]); }), RUNS);
});

test('the user\'s own buffers count, and leave less for temporary tables', () => {
  const own = { ...REQUEST, settings: { sort_buffer_size: '1M', innodb_buffer_pool_size: '512M' } };
  expect(memorySettings(own, MARIADB_PRODUCT).tmp_table_size).toBe('6M');
  expect(checkSizing({ ...REQUEST, settings: { sort_buffer_size: '8M' } }, MYSQL_PRODUCT).map(({ path }) => path)).toEqual(['resources.memory']);
});

test.each([[1, 64, 256], [50, 4096, 8192], [1024, 8192, 131_072]])('a volume of %d GiB has a redo log of %d MiB, and bounds for the rest', (size, redo, part) => {
  const sizes = figures({ ...REQUEST, dataSize: Size.gibibytes(size) }, memorySettings(REQUEST, MYSQL_PRODUCT));
  expect([sizes.redo, sizes.temporaryDisk, sizes.binaryLog]).toEqual([redo, part, part]);
});

test('a size of the settings has a unit in either case, or counts bytes', () => {
  expect(['1048576', '512k', '64M', '2g', '1T'].map(mebibytesOf)).toEqual([1, 0.5, 64, 2048, 1024 * 1024]);
  expect(['', 'much', '1.5M', '-1', '64MB'].map(mebibytesOf).every(Number.isNaN)).toBe(true);
});
