import { checkKubernetesVersion, KubernetesVersion } from '../../lib/core/kubernetes-version';

const WANT = 'a version from 1.27 to 1.36, written as "1.31"';

test.each(['1.27', '1.31', '1.36'])('%s is in the tested range', version => {
  expect(checkKubernetesVersion('kubernetesVersion', KubernetesVersion.of(version))).toEqual([]);
});

test.each(['1.26', '1.37', '2.30', '1.31.2', 'v1.31', '', '1.', '1.9999', 'latest'])('%j is refused', version => {
  expect(checkKubernetesVersion('kubernetesVersion', KubernetesVersion.of(version)))
    .toEqual([{ path: 'kubernetesVersion', got: JSON.stringify(version), want: WANT }]);
});

test('the default is the oldest version that is tested', () => {
  expect(KubernetesVersion.OLDEST.version).toBe('1.27');
});

test('minor versions are compared as numbers', () => {
  const version = KubernetesVersion.of('1.29');
  expect([9, 28, 29, 30, 100].map(minor => version.atLeast(minor))).toEqual([true, true, true, false, false]);
  expect(KubernetesVersion.of('nonsense').atLeast(0)).toBe(false);
});
