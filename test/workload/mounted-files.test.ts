import { fileMounts, filesChecksum, filesConfigMap, fileVolumes } from '../../lib/workload/mounted-files';
import { PLAN } from './plan';

test('the files of a ConfigMap are sorted', () => {
  const map = filesConfigMap('orders-config', { team: 'shop' }, { b: '2', a: '1' });
  expect(map).toEqual({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'orders-config', labels: { team: 'shop' } }, data: { a: '1', b: '2' } });
  expect(Object.keys(map.data ?? {})).toEqual(['a', 'b']);
});

test('configuration can be read, scripts can be run, and neither can be written', () => {
  expect(fileVolumes({ config: 'orders-config', scripts: 'orders-scripts' })).toEqual([
    { name: 'config', configMap: { name: 'orders-config', defaultMode: 0o444 } },
    { name: 'scripts', configMap: { name: 'orders-scripts', defaultMode: 0o555 } },
  ]);
  expect(fileMounts()).toEqual([
    { name: 'config', mountPath: '/opt/stateful/config', readOnly: true },
    { name: 'scripts', mountPath: '/opt/stateful/scripts', readOnly: true },
  ]);
});

describe('the checksum, which restarts the pod,', () => {
  const before = filesChecksum(PLAN);

  test('is the same for the same files in any order', () => {
    expect(before).toMatch(/^[0-9a-f]{64}$/);
    expect(filesChecksum({ ...PLAN, scripts: { 'a.sh': 'a', 'b.sh': 'b' } })).toBe(before);
  });

  test.each([
    ['a file changes', { ...PLAN, files: { ...PLAN.files, 'server.conf': 'x = 2\n' } }],
    ['a file is added', { ...PLAN, files: { ...PLAN.files, 'more.conf': '' } }],
    ['a script changes', { ...PLAN, scripts: { ...PLAN.scripts, 'a.sh': 'c' } }],
    ['two scripts swap their names', { ...PLAN, scripts: { 'a.sh': 'b', 'b.sh': 'a' } }],
  ])('changes when %s', (_change, plan) => {
    expect(filesChecksum(plan)).not.toBe(before);
  });

  test('stays when a file changes that takes effect by itself', () => {
    expect(filesChecksum({ ...PLAN, files: { ...PLAN.files, 'live.json': '{"a":1}\n' } })).toBe(before);
  });
});
