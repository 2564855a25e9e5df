import { NodeComparison, NodeRequirement } from '../../lib';
import { requirementLines } from '../../lib/core/node-requirement';

const reason = 'or it is slow';

test('a kernel parameter is a file that can be read and set', () => {
  expect({ ...NodeRequirement.sysctl('vm.max_map_count', NodeComparison.AT_LEAST, 262_144, { reason, required: true }) }).toEqual({
    name: 'vm.max_map_count', file: '/proc/sys/vm/max_map_count', comparison: 'at-least', value: '262144', required: true, reason });
  expect(NodeRequirement.sysctl('net.ipv4.tcp_retries2', NodeComparison.AT_MOST, 5, { reason }).file).toBe('/proc/sys/net/ipv4/tcp_retries2');
});

test('the mode of huge pages is a file as well', () => {
  expect({ ...NodeRequirement.transparentHugePages('never', { reason }) }).toEqual({
    name: 'transparent_hugepage', file: '/sys/kernel/mm/transparent_hugepage/enabled', comparison: 'is', value: 'never', required: false, reason });
});

test('what nothing can set from within has no file, so that nothing tries', () => {
  expect({ ...NodeRequirement.openFiles(64_000, { reason }) }).toEqual({ name: 'open files', file: '', comparison: 'at-least', value: '64000', required: false, reason });
  expect({ ...NodeRequirement.fileSystem('xfs', { reason, required: true }) }).toEqual({ name: 'file system', file: '', comparison: 'is', value: 'xfs', required: true, reason });
});

test('without a word it is recommended', () => {
  expect([{}, { required: undefined }, { required: false }, { required: true }].map(options => NodeRequirement.openFiles(1, { reason, ...options }).required)).toEqual([false, false, false, true]);
});

test('the scripts get a line for each, in the order of the engine', () => {
  expect(requirementLines([])).toBe('');
  expect(requirementLines([
    NodeRequirement.sysctl('vm.max_map_count', NodeComparison.AT_LEAST, 262_144, { reason: 'or it ends', required: true }), NodeRequirement.fileSystem('xfs', { reason }),
  ])).toBe('required|vm.max_map_count|/proc/sys/vm/max_map_count|at-least|262144|or it ends\nrecommended|file system||is|xfs|or it is slow');
});
