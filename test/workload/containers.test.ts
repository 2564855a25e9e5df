import { companionContainer, ContainerSpec, serverContainer } from '../../lib/workload/containers';
import { PLAN } from './plan';

const SPEC: ContainerSpec = {
  containerSecurity: { runAsNonRoot: true },
  imagePullPolicy: 'IfNotPresent',
  serverResources: { requests: { memory: '1Gi' } },
  companionResources: ({ name }) => ({ requests: { memory: `of ${name}` } }),
  secretMounts: [{ name: 'credentials', mountPath: '/secrets', readOnly: true }],
  hasWal: false, setsNode: false,
};

const FILES = [
  { name: 'config', mountPath: '/opt/stateful/config', readOnly: true },
  { name: 'scripts', mountPath: '/opt/stateful/scripts', readOnly: true },
];

test('the server is what its plan says, and nothing is left to the kubelet\'s defaults', () => {
  const probe = (name: string): object => ({ exec: { command: [`/${name}`] }, periodSeconds: 2, timeoutSeconds: 5, failureThreshold: 3 });
  expect(serverContainer(SPEC, PLAN)).toEqual({
    name: 'server',
    image: 'example.com/server:1',
    imagePullPolicy: 'IfNotPresent',
    command: ['/start'],
    env: [{ name: 'A', value: 'a' }, { name: 'B', value: '$$b' }],
    ports: [{ name: 'sql', containerPort: 5432, protocol: 'TCP' }, { name: 'peers', containerPort: 7000, protocol: 'TCP' }],
    startupProbe: probe('startup'),
    readinessProbe: probe('readiness'),
    livenessProbe: probe('liveness'),
    lifecycle: { preStop: { exec: { command: ['/stop'] } } },
    resources: { requests: { memory: '1Gi' } },
    securityContext: { runAsNonRoot: true },
    terminationMessagePolicy: 'FallbackToLogsOnError',
    volumeMounts: [
      { name: 'data', mountPath: '/data' },
      ...FILES,
      { name: 'credentials', mountPath: '/secrets', readOnly: true },
      { name: 'run', mountPath: '/run' },
      { name: 'shm', mountPath: '/dev/shm' },
    ],
  });
});

test('the log\'s volume is mounted where there is one', () => {
  expect(serverContainer({ ...SPEC, hasWal: true }, PLAN).volumeMounts?.slice(0, 2))
    .toEqual([{ name: 'data', mountPath: '/data' }, { name: 'wal', mountPath: '/wal' }]);
});

test('a companion has the server\'s image and files, and neither its data nor a secret', () => {
  expect(PLAN.companions.map(companion => companionContainer(SPEC, PLAN, companion))).toEqual([{
    name: 'helper',
    image: 'example.com/server:1',
    imagePullPolicy: 'IfNotPresent',
    command: ['/help'],
    env: [{ name: 'C', value: 'c' }],
    resources: { requests: { memory: 'of helper' } },
    securityContext: { runAsNonRoot: true },
    terminationMessagePolicy: 'FallbackToLogsOnError',
    volumeMounts: [...FILES, { name: 'run', mountPath: '/run' }],
  }]);
});

test('a companion that has to see the volumes cannot write to them', () => {
  const mounts = PLAN.companions.map(companion => companionContainer({ ...SPEC, hasWal: true }, PLAN, { ...companion, seesVolumes: true }).volumeMounts);
  expect(mounts).toEqual([[
    { name: 'data', mountPath: '/data', readOnly: true }, { name: 'wal', mountPath: '/wal', readOnly: true }, ...FILES, { name: 'run', mountPath: '/run' },
  ]]);
});
