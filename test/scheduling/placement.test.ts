import { Duration } from 'cdk8s';
import { NodePool, SchedulingProps, Spread, TaintEffect, Toleration } from '../../lib';
import { Placement, placement } from '../../lib/scheduling/placement';
import { checkScheduling, resolveScheduling } from '../../lib/scheduling/props';

const SELECTOR = { instance: 'orders' };
const place = (props: SchedulingProps = {}, replicas: number = 1): Placement => placement(resolveScheduling(props), SELECTOR, replicas);

test('a single instance that says nothing of its nodes leaves all of it to the scheduler', () => {
  expect(place()).toEqual({});
  expect(place({ spread: undefined, zones: [], nodeSelector: {}, tolerations: [], priorityClass: undefined })).toEqual({});
});

test('members rather stay apart, and are scheduled anyway', () => {
  const labelSelector = { matchLabels: SELECTOR };
  const term = { labelSelector, topologyKey: 'kubernetes.io/hostname' };
  expect(place({}, 2)).toEqual({
    affinity: { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: term }] } },
    topologySpreadConstraints: [
      { maxSkew: 1, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'ScheduleAnyway', labelSelector },
      { maxSkew: 1, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'ScheduleAnyway', labelSelector },
    ],
  });
});

test('members that have to stay apart wait until they can', () => {
  const { affinity, topologySpreadConstraints } = place({ spread: Spread.required() }, 3);
  expect(affinity).toEqual({ podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [
    { labelSelector: { matchLabels: SELECTOR }, topologyKey: 'kubernetes.io/hostname' },
  ] } });
  expect(topologySpreadConstraints?.map(each => each.whenUnsatisfiable)).toEqual(['DoNotSchedule', 'DoNotSchedule']);
});

test('single instances of a group keep away from the whole group', () => {
  const { affinity, topologySpreadConstraints } = place({ spread: Spread.required('fleet') });
  const labelSelector = { matchLabels: { 'cdk8s-stateful/spread-group': 'fleet' } };
  expect(affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution).toEqual([{ labelSelector, topologyKey: 'kubernetes.io/hostname' }]);
  expect(topologySpreadConstraints?.map(each => each.labelSelector)).toEqual([labelSelector, labelSelector]);
});

test('zones are demanded', () => {
  expect(place({ zones: ['a', 'b'] })).toEqual({ affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [
    { matchExpressions: [{ key: 'topology.kubernetes.io/zone', operator: 'In', values: ['a', 'b'] }] },
  ] } } } });
});

test('zones and spread do not replace each other', () => {
  expect(Object.keys(place({ zones: ['a'] }, 2).affinity ?? {})).toEqual(['nodeAffinity', 'podAntiAffinity']);
});

test('a node pool is selected, and its taint is tolerated', () => {
  expect(place({ nodePool: NodePool.eks('databases'), nodeSelector: { disk: 'nvme' } })).toEqual({
    nodeSelector: { 'disk': 'nvme', 'eks.amazonaws.com/nodegroup': 'databases' },
    tolerations: [{ key: 'eks.amazonaws.com/nodegroup', operator: 'Equal', value: 'databases', effect: 'NoSchedule' }],
  });
});

test.each([
  [NodePool.labelled('pool', 'x'), 'pool'], [NodePool.gke('x'), 'cloud.google.com/gke-nodepool'], [NodePool.eks('x'), 'eks.amazonaws.com/nodegroup'],
  [NodePool.aks('x'), 'kubernetes.azure.com/agentpool'], [NodePool.karpenter('x'), 'karpenter.sh/nodepool'],
])('%j is found by the label %s', (nodePool, key) => {
  expect(place({ nodePool }).nodeSelector).toEqual({ [key]: 'x' });
});

test('each toleration says what it puts up with', () => {
  const tolerations = [
    Toleration.of('dedicated', 'db'), Toleration.of('dedicated', 'db', TaintEffect.NO_EXECUTE), Toleration.anyValue('spot'),
    Toleration.anyValue('spot', TaintEffect.PREFER_NO_SCHEDULE), Toleration.nodeOutage(Duration.minutes(10)),
  ];
  expect(place({ tolerations }).tolerations).toEqual([
    { key: 'dedicated', operator: 'Equal', value: 'db' },
    { key: 'dedicated', operator: 'Equal', value: 'db', effect: 'NoExecute' },
    { key: 'spot', operator: 'Exists' },
    { key: 'spot', operator: 'Exists', effect: 'PreferNoSchedule' },
    { key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 600 },
    { key: 'node.kubernetes.io/unreachable', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 600 },
  ]);
});

test('what no node can have is refused, all at once', () => {
  const spec = resolveScheduling({
    spread: Spread.preferred(''), zones: ['a', ''], nodeSelector: { 'a b': 'c', 'disk': 'nvme' }, priorityClass: 'High',
    tolerations: [Toleration.of('', ''), Toleration.nodeOutage(Duration.seconds(29)), Toleration.nodeOutage(Duration.millis(30_500)), Toleration.nodeOutage(Duration.seconds(30))],
    nodePool: NodePool.labelled('disk', 'hdd'),
  });
  expect(checkScheduling(spec)).toEqual([
    { path: 'scheduling.spread.group', got: '""', want: 'text that is not empty' },
    { path: 'scheduling.zones[1]', got: '""', want: 'text that is not empty' },
    { path: 'scheduling.nodeSelector."a b"', got: 'this key', want: 'a Kubernetes label key: [prefix/]name' },
    { path: 'scheduling.tolerations[0].""', got: 'this key', want: 'a Kubernetes label key: [prefix/]name' },
    { path: 'scheduling.tolerations[1]', got: '29 s', want: 'whole seconds, at least 30' },
    { path: 'scheduling.tolerations[2]', got: '30.5 s', want: 'whole seconds, at least 30' },
    { path: 'scheduling.priorityClass', got: '"High"', want: 'a Kubernetes object name: lower-case letters, digits, "-" and ".", at most 253' },
    { path: 'scheduling.nodeSelector.disk', got: '"nvme"', want: '"hdd", as of the node pool, or nothing' },
  ]);
});

test('a node pool may be selected twice, if it is the same one', () => {
  expect(checkScheduling(resolveScheduling({ nodeSelector: { disk: 'nvme' }, nodePool: NodePool.labelled('disk', 'nvme') }))).toEqual([]);
  expect(checkScheduling(resolveScheduling({ nodePool: NodePool.labelled('toString', 'x') }))).toEqual([]);
});
