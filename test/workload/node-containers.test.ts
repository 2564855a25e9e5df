import { NodeComparison, NodeRequirement } from '../../lib';
import type { ContainerSpec } from '../../lib/workload/containers';
import { memberPod } from '../../lib/workload/member-pod';
import { NODE_SCRIPTS, nodeContainers } from '../../lib/workload/node-containers';
import { PLAN } from './plan';

const SPEC: ContainerSpec = {
  containerSecurity: { runAsNonRoot: true, readOnlyRootFilesystem: true }, imagePullPolicy: 'Always', serverResources: {}, companionResources: () => ({}),
  secretMounts: [{ name: 'credentials', mountPath: '/opt/stateful/credentials', readOnly: true }], hasWal: true, setsNode: false,
};
const NEEDY = { ...PLAN, nodeRequirements: [NodeRequirement.sysctl('vm.max_map_count', NodeComparison.AT_LEAST, 262_144, { reason: 'or it costs $A', required: true })] };

const FILES = [
  { name: 'config', mountPath: '/opt/stateful/config', readOnly: true }, { name: 'scripts', mountPath: '/opt/stateful/scripts', readOnly: true },
];
// The kubelet would read $(…) as a variable; a dollar is written twice.
const ENVIRONMENT = [
  { name: 'DATA_MOUNT', value: '/data' }, { name: 'NODE_REQUIREMENTS', value: 'required|vm.max_map_count|/proc/sys/vm/max_map_count|at-least|262144|or it costs $$A' },
];
const RESOURCES = {
  requests: { 'cpu': '10m', 'memory': '32Mi', 'ephemeral-storage': '128Mi' }, limits: { 'memory': '32Mi', 'ephemeral-storage': '128Mi' },
};
const CHECK = {
  name: 'node-check', image: 'example.com/server:1', imagePullPolicy: 'Always', command: ['/opt/stateful/scripts/node-check.sh'], env: ENVIRONMENT, resources: RESOURCES,
  securityContext: { runAsNonRoot: true, readOnlyRootFilesystem: true }, terminationMessagePolicy: 'FallbackToLogsOnError',
  volumeMounts: [{ name: 'data', mountPath: '/data', readOnly: true }, ...FILES],
};
const SETUP = {
  ...CHECK, name: 'node-setup', command: ['/opt/stateful/scripts/node-setup.sh'], volumeMounts: FILES,
  securityContext: { privileged: true, readOnlyRootFilesystem: true, runAsGroup: 0, runAsNonRoot: false, runAsUser: 0 },
};

test('a server that needs nothing of its node has no container for it, whatever the user asked for', () => {
  expect([nodeContainers(SPEC, PLAN), nodeContainers({ ...SPEC, setsNode: true }, PLAN)]).toEqual([[], []]);
  expect(memberPod({ ...POD, setsNode: true }).spec).not.toHaveProperty('initContainers');
});

test('what it needs is looked at, with the rights of the server, no Secret and no way to write', () => {
  expect(nodeContainers(SPEC, NEEDY)).toEqual([CHECK]);
});

test('where the user asked for it, a privileged container sets it first, without the data, and it is looked at all the same', () => {
  expect(nodeContainers({ ...SPEC, setsNode: true }, NEEDY)).toEqual([SETUP, CHECK]);
});

test('both run before the server, in this order', () => {
  const { containers, initContainers } = memberPod({ ...POD, setsNode: true, plan: NEEDY }).spec ?? { containers: [] };
  expect([initContainers?.map(({ name }) => name), containers.map(({ name }) => name)]).toEqual([['node-setup', 'node-check'], ['server', 'helper']]);
});

test('their scripts are those that they run', () => {
  expect(nodeContainers({ ...SPEC, setsNode: true }, NEEDY).map(({ command }) => command?.[0]?.split('/').pop()).sort()).toEqual([...NODE_SCRIPTS].sort());
});

const POD = {
  ...SPEC, plan: PLAN, config: 'orders-config', scripts: 'orders-scripts', serviceAccount: 'orders', labels: {}, annotations: {}, checksum: 'abc', security: {}, placement: {},
  shutdownSeconds: 300, imagePullSecrets: [], volumes: [],
};
