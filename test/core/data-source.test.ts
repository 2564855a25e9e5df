import { Size } from 'cdk8s';
import { checkDataSource, DataSource } from '../../lib/core/data-source';

test('only an empty source lets a new database be made', () => {
  expect(DataSource.empty().mustExist).toBe(false);
  expect(DataSource.existingClaims({ data: 'a' })).toMatchObject({ mustExist: true, claims: { data: 'a' }, volumes: undefined });
  expect(DataSource.releasedVolumes({ data: 'a' })).toMatchObject({ mustExist: true, claims: undefined, volumes: { data: 'a' } });
  expect(DataSource.snapshot({ data: 'a' })).toMatchObject({ mustExist: true, claims: undefined, volumes: undefined, backups: undefined, snapshots: { data: 'a' } });
});

test('snapshots are of two moments, unless it is said that they are not', () => {
  expect(DataSource.snapshot({ data: 'a' }).snapshots).toEqual({ data: 'a', ofOneMoment: false });
  const all = { data: 'a', wal: 'b', ofOneMoment: true, size: Size.gibibytes(1), namespace: 'shop' };
  expect(DataSource.snapshot(all).snapshots).toEqual(all);
});

test.each([[DataSource.empty(), true], [DataSource.empty(), false], [DataSource.existingClaims({ data: 'a' }), false],
  [DataSource.existingClaims({ data: 'a', wal: 'b' }), true], [DataSource.releasedVolumes({ data: 'a', wal: 'b' }), true],
  [DataSource.snapshot({ data: 'a' }), false], [DataSource.snapshot({ data: 'a', wal: 'b' }), true]])('%j fits, with a log volume: %s', (source, hasWal) => {
  expect(checkDataSource('dataSource', source, hasWal)).toEqual([]);
});

test('the log has to be on a volume where it was on one, and only there', () => {
  const remedy = 'give `storage.wal` and the volume of the log together, or neither';
  expect(checkDataSource('dataSource', DataSource.existingClaims({ data: 'a' }), true))
    .toEqual([{ path: 'dataSource.wal', got: 'nothing', want: 'the volume of the write-ahead log', remedy }]);
  expect(checkDataSource('dataSource', DataSource.releasedVolumes({ data: 'a', wal: 'b' }), false))
    .toEqual([{ path: 'dataSource.wal', got: 'b', want: 'nothing', remedy }]);
});

test('names that no volume can have are refused', () => {
  expect(checkDataSource('dataSource', DataSource.releasedVolumes({ data: 'A', wal: '' }), true).map(({ path, got }) => [path, got]))
    .toEqual([['dataSource.data', '"A"'], ['dataSource.wal', '""']]);
});
