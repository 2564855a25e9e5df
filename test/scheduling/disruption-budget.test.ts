import { disruptionBudget } from '../../lib/scheduling/disruption-budget';

const SPEC = { name: 'orders', labels: { team: 'shop' }, selector: { instance: 'orders' } };

test('one member at a time may be evicted, and a broken one always', () => {
  expect(disruptionBudget({ ...SPEC, replicas: 2 })).toEqual({
    apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: { name: 'orders', labels: { team: 'shop' } },
    spec: { maxUnavailable: 1, selector: { matchLabels: { instance: 'orders' } }, unhealthyPodEvictionPolicy: 'AlwaysAllow' },
  });
});

test('a single instance never blocks the drain of its node', () => {
  expect(disruptionBudget({ ...SPEC, replicas: 1 })).toBeUndefined();
});
