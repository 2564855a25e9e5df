import { BackupKind, BackupSupport } from '../../lib';

const DUMP = { kind: BackupKind.LOGICAL, tool: 'dump', consistency: 'one transaction sees one moment' };
const SNAPSHOT = { kind: BackupKind.VOLUME_SNAPSHOT, tool: 'VolumeSnapshot', consistency: 'one volume at one moment' };

test('the tools are in the order in which they are best, and there is no reason against them', () => {
  const { noneBecause, tools } = BackupSupport.by(DUMP, SNAPSHOT);
  expect(tools).toEqual([DUMP, SNAPSHOT]);
  expect(BackupSupport.by(SNAPSHOT, DUMP).tools).toEqual([SNAPSHOT, DUMP]);
  expect(noneBecause).toBeUndefined();
});

test('where no copy would be a backup, there is a reason and no tool', () => {
  const { noneBecause, tools } = BackupSupport.none('it keeps nothing that anybody would miss');
  expect(tools).toEqual([]);
  expect(noneBecause).toBe('it keeps nothing that anybody would miss');
});

test('the kinds are words that a manifest can have as a label', () => {
  expect(Object.values(BackupKind)).toEqual(['logical', 'physical', 'volume-snapshot']);
});
