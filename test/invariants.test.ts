import { breaches, INVARIANTS, type Surroundings } from './invariants';
import { type Manifest, schemasPresent, validate } from './kubernetes-schemas';

/** Any part of a manifest, to be broken. */
type Part = any;
type Objects = { [name in keyof ReturnType<typeof good>]: Part };

const LABELS = { 'app.kubernetes.io/name': 'postgres', 'app.kubernetes.io/instance': 'orders' };
const SURROUNDINGS: Surroundings = { external: ['Secret/orders-credentials'] };

function container(name: string) {
  return {
    name,
    image: 'docker.io/library/postgres:17.5@sha256:0000',
    env: [{ name: 'DB_PASSWORD_FILE', value: '/run/credentials/main' }],
    ports: [{ name: 'postgres', containerPort: 5432 }],
    resources: { requests: { 'cpu': '1', 'memory': '4Gi', 'ephemeral-storage': '1Gi' }, limits: { memory: '4Gi' } },
    securityContext: {
      runAsNonRoot: true, allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] },
    },
    volumeMounts: [{ name: 'data', mountPath: '/data' }, { name: 'tmp', mountPath: '/tmp' }, { name: 'config', mountPath: '/etc/db' }],
  };
}

function podSpec(containers: object[]) {
  return {
    serviceAccountName: 'orders',
    automountServiceAccountToken: false,
    securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    containers,
    volumes: [
      { name: 'tmp', emptyDir: { sizeLimit: '64Mi' } },
      { name: 'config', configMap: { name: 'orders-config' } },
      { name: 'credentials', secret: { secretName: 'orders-credentials' } },
    ],
  };
}

function good() {
  const metadata = (name: string) => ({ name, namespace: 'shop', labels: { ...LABELS } });
  const probe = (script: string) => ({ exec: { command: [script] } });
  const database = {
    ...container('database'), startupProbe: probe('/s/started.sh'), readinessProbe: probe('/s/ready.sh'), livenessProbe: probe('/s/alive.sh'),
  };
  return {
    set: {
      apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: metadata('orders'),
      spec: {
        replicas: 2, serviceName: 'orders', podManagementPolicy: 'Parallel',
        persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
        selector: { matchLabels: { ...LABELS } },
        template: { metadata: { labels: { ...LABELS } }, spec: { ...podSpec([database]), initContainers: [container('prepare')] } },
        volumeClaimTemplates: [{
          apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'data' },
          spec: { accessModes: ['ReadWriteOncePod'], volumeMode: 'Filesystem', resources: { requests: { storage: '50Gi' } } },
        }],
      },
    },
    cronJob: {
      apiVersion: 'batch/v1', kind: 'CronJob', metadata: metadata('orders-nightly'),
      spec: {
        schedule: '0 3 * * *',
        jobTemplate: { spec: { template: { metadata: { labels: { job: 'nightly' } }, spec: {
          ...podSpec([{ ...container('dump'), volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }] }]), restartPolicy: 'Never',
        } } } },
      },
    },
    service: {
      apiVersion: 'v1', kind: 'Service', metadata: metadata('orders'),
      spec: { selector: { ...LABELS }, ports: [{ name: 'postgres', port: 5432, targetPort: 'postgres' }] },
    },
    member: {
      apiVersion: 'v1', kind: 'Service', metadata: metadata('orders-1'),
      spec: { selector: { 'statefulset.kubernetes.io/pod-name': 'orders-1' }, ports: [{ port: 5432 }] },
    },
    budget: {
      apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: metadata('orders'),
      spec: { maxUnavailable: 1, selector: { matchLabels: { ...LABELS } } },
    },
    policy: {
      apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: metadata('orders'),
      spec: { podSelector: { matchLabels: { ...LABELS } }, policyTypes: ['Ingress', 'Egress'] },
    },
    config: {
      apiVersion: 'v1', kind: 'ConfigMap', metadata: metadata('orders-config'),
      data: { 'postgresql.conf': 'shared_buffers = 1GB\npassword_encryption = scram-sha-256\n', 'run.sh': 'password="$(cat "$1")"\ntoken=\n' },
    },
    account: { apiVersion: 'v1', kind: 'ServiceAccount', metadata: metadata('orders'), automountServiceAccountToken: false },
  };
}

function breachesOf(spoil: (objects: Objects) => void, surroundings = SURROUNDINGS): string[] {
  const objects = good();
  spoil(objects);
  return breaches(Object.values(objects), surroundings);
}

const database = (objects: Objects): Part => objects.set.spec.template.spec.containers[0];

/** For each promise the ways to break it, and the whole answer. */
const SEEDED: { readonly [promise: string]: readonly (readonly [fault: string, spoil: (objects: Objects) => void])[] } = {
  'every object has a name of its own': [
    ['Service orders: {}: there are two of this name', ({ member }) => { member.metadata.name = 'orders'; }],
  ],
  'every name fits': [
    [`StatefulSet ${'o'.repeat(53)}: {}: 53 characters, at most 52`, ({ set }) => { set.metadata.name = 'o'.repeat(53); }],
    [`CronJob ${'o'.repeat(53)}: {}: 53 characters, at most 52`, ({ cronJob }) => { cronJob.metadata.name = 'o'.repeat(53); }],
    [`Service ${'o'.repeat(64)}: {}: 64 characters, at most 63`, ({ member }) => { member.metadata.name = 'o'.repeat(64); }],
    ['Service my_db: {}: not a DNS name', ({ member }) => { member.metadata.name = 'my_db'; }],
  ],
  'every label fits': [
    [`Service orders: {}: team: ${'o'.repeat(64)}`, ({ service }) => { service.metadata.labels.team = 'o'.repeat(64); }],
    ['StatefulSet orders: {}: note: two words', ({ set }) => { set.spec.template.metadata.labels.note = 'two words'; }],
    ['Service orders: {}: -key: value', ({ service }) => { service.metadata.labels['-key'] = 'value'; }],
  ],
  'every object has a namespace': [
    ['Service orders-1: {}: none', ({ member }) => { delete member.metadata.namespace; }],
  ],
  'every mount has a volume': [
    ['StatefulSet orders: {}: container database mounts "data"', ({ set }) => { set.spec.volumeClaimTemplates[0].metadata.name = 'date'; }],
    ['CronJob orders-nightly: {}: container dump mounts "tmp"', ({ cronJob }) => { cronJob.spec.jobTemplate.spec.template.spec.volumes.shift(); }],
  ],
  'every reference leads somewhere': [
    ['StatefulSet orders: {}: there is no ConfigMap orders-config', ({ config }) => { config.metadata.name = 'orders-configuration'; }],
    ['StatefulSet orders: {}: there is no ConfigMap orders-config', ({ config }) => { config.metadata.namespace = 'elsewhere'; }],
    ['StatefulSet orders: {}: there is no Secret unknown', ({ set }) => { set.spec.template.spec.volumes[2].secret.secretName = 'unknown'; }],
    ['StatefulSet orders: {}: there is no Secret unknown', objects => {
      database(objects).env.push({ name: 'DB_USER', valueFrom: { secretKeyRef: { name: 'unknown', key: 'user' } } });
    }],
    ['StatefulSet orders: {}: there is no ServiceAccount unknown', ({ set }) => { set.spec.template.spec.serviceAccountName = 'unknown'; }],
    ['StatefulSet orders: {}: there is no PersistentVolumeClaim unknown', ({ set }) => {
      set.spec.template.spec.volumes.push({ name: 'old', persistentVolumeClaim: { claimName: 'unknown' } });
    }],
  ],
  'a workload selects its own pods': [
    ['StatefulSet orders: {}: {"matchLabels":{"app":"x"}} does not match {"app.kubernetes.io/name":"postgres","app.kubernetes.io/instance":"orders"}',
      ({ set }) => { set.spec.selector = { matchLabels: { app: 'x' } }; }],
  ],
  'every selector finds a pod': [
    ['Service orders: {}: none has {"matchLabels":{"app":"x"}}', ({ service }) => { service.spec.selector = { app: 'x' }; }],
    ['Service orders-1: {}: none has {"matchLabels":{"statefulset.kubernetes.io/pod-name":"orders-1"}}', ({ set }) => { set.spec.replicas = 1; }],
    ['PodDisruptionBudget orders: {}: none has {"matchLabels":{"app":"x"}}', ({ budget }) => { budget.spec.selector.matchLabels = { app: 'x' }; }],
    ['NetworkPolicy orders: {}: none has {"matchExpressions":[{"key":"job","operator":"In","values":["x"]}]}',
      ({ policy }) => { policy.spec.podSelector = { matchExpressions: [{ key: 'job', operator: 'In', values: ['x'] }] }; }],
    ['NetworkPolicy orders: {}: none has {}', ({ policy }) => { policy.spec.podSelector = {}; policy.metadata.namespace = 'elsewhere'; }],
  ],
  'the named ports of a Service exist': [
    ['Service orders: {}: no container has the port "mysql"', ({ service }) => { service.spec.ports[0].targetPort = 'mysql'; }],
  ],
  'the Service of a StatefulSet exists': [
    ['StatefulSet orders: {}: serviceName is members', ({ set }) => { set.spec.serviceName = 'members'; }],
  ],
  'members start and stop in parallel': [
    ['StatefulSet orders: {}: podManagementPolicy is undefined', ({ set }) => { delete set.spec.podManagementPolicy; }],
  ],
  'what happens to the claims is written out': [
    ['StatefulSet orders: {}: nothing', ({ set }) => { delete set.spec.persistentVolumeClaimRetentionPolicy; }],
    ['StatefulSet orders: {}: {"whenScaled":"Retain"}', ({ set }) => { delete set.spec.persistentVolumeClaimRetentionPolicy.whenDeleted; }],
  ],
  'every claim template is complete': [
    ['StatefulSet orders: {}: data has no volumeMode', ({ set }) => { delete set.spec.volumeClaimTemplates[0].spec.volumeMode; }],
    ['StatefulSet orders: {}: data has no accessModes', ({ set }) => { set.spec.volumeClaimTemplates[0].spec.accessModes = []; }],
    ['StatefulSet orders: {}: data has no kind', ({ set }) => { delete set.spec.volumeClaimTemplates[0].kind; }],
    ['StatefulSet orders: {}: data has no apiVersion', ({ set }) => { delete set.spec.volumeClaimTemplates[0].apiVersion; }],
  ],
  'every container says what it needs': [
    ['StatefulSet orders: {}: container prepare: no request of cpu', ({ set }) => { delete set.spec.template.spec.initContainers[0].resources.requests.cpu; }],
    ['StatefulSet orders: {}: container database: memory: request 4Gi, limit 8Gi', objects => { database(objects).resources.limits.memory = '8Gi'; }],
    ['StatefulSet orders: {}: container database: no request of ephemeral-storage',
      objects => { delete database(objects).resources.requests['ephemeral-storage']; }],
  ],
  'every container is confined': [
    ['StatefulSet orders: {}: container database: runAsNonRoot is not true', objects => { delete database(objects).securityContext.runAsNonRoot; }],
    ['StatefulSet orders: {}: container database: allowPrivilegeEscalation is not false',
      objects => { database(objects).securityContext.allowPrivilegeEscalation = true; }],
    ['StatefulSet orders: {}: container database: readOnlyRootFilesystem is not true',
      objects => { delete database(objects).securityContext.readOnlyRootFilesystem; }],
    ['StatefulSet orders: {}: container database: privileged', objects => { database(objects).securityContext.privileged = true; }],
    ['StatefulSet orders: {}: container database: capabilities.drop is not ALL',
      objects => { database(objects).securityContext.capabilities.drop = ['NET_RAW']; }],
    ['StatefulSet orders: {}: container database: adds capabilities', objects => { database(objects).securityContext.capabilities.add = ['CHOWN']; }],
    ['CronJob orders-nightly: {}: container dump: seccomp is not RuntimeDefault',
      ({ cronJob }) => { delete cronJob.spec.jobTemplate.spec.template.spec.securityContext.seccompProfile; }],
  ],
  'every pod is confined': [
    ['StatefulSet orders: {}: runAsNonRoot is not true', ({ set }) => { delete set.spec.template.spec.securityContext.runAsNonRoot; }],
  ],
  'no pod has a token it did not ask for': [
    ['StatefulSet orders: {}: the pod mounts one', ({ set }) => { delete set.spec.template.spec.automountServiceAccountToken; }],
    ['ServiceAccount orders: {}: the account mounts one', ({ account }) => { account.automountServiceAccountToken = true; }],
  ],
  'every emptyDir has a limit': [
    ['StatefulSet orders: {}: volume tmp', ({ set }) => { set.spec.template.spec.volumes[0].emptyDir = {}; }],
  ],
  'every image has a fixed tag': [
    ['StatefulSet orders: {}: container database: image "registry:5000/postgres"', objects => { database(objects).image = 'registry:5000/postgres'; }],
    ['StatefulSet orders: {}: container database: image "postgres:latest"', objects => { database(objects).image = 'postgres:latest'; }],
  ],
  'every script finds what it sources': [
    ['ConfigMap orders-config: {}: run.sh sources other.sh', ({ config }) => { config.data['run.sh'] = 'HERE=/x\nsource "$HERE/other.sh"\n'; }],
    ['ConfigMap orders-config: {}: run.sh sources there.sh', ({ config }) => { config.data['run.sh'] = '  . "$(dirname -- "$0")/there.sh"\n'; }],
  ],
  'three different probes': [
    ['StatefulSet orders: {}: container database has not all three', objects => { delete database(objects).startupProbe; }],
    ['StatefulSet orders: {}: container exporter has not all three',
      ({ set }) => { set.spec.template.spec.containers.push(container('exporter')); }],
    ['StatefulSet orders: {}: two probes of container database are the same',
      objects => { database(objects).livenessProbe = database(objects).readinessProbe; }],
  ],
  'no secret is written out': [
    ['StatefulSet orders: {}: container database: the value of POSTGRES_PASSWORD',
      objects => { database(objects).env.push({ name: 'POSTGRES_PASSWORD', value: 'hunter2' }); }],
    ['ConfigMap orders-config: {}: run.sh: PASSWORD=hunter2', ({ config }) => { config.data['run.sh'] = 'set -eu\nPASSWORD=hunter2\n'; }],
    ['ConfigMap orders-config: {}: run.sh: export TOKEN: hunter2', ({ config }) => { config.data['run.sh'] = '  export TOKEN: hunter2'; }],
    ['ConfigMap orders-config: {}: pg_hba.conf: method=md5', ({ config }) => { config.data['pg_hba.conf'] = 'method=md5'; }],
    ['ConfigMap orders-config: {}: x.yml: username: replicator', ({ config }) => { config.data['x.yml'] = 'username: replicator'; }],
    ['ConfigMap orders-config: {}: x.sh: key="$1"', ({ config }) => { config.data['x.sh'] = 'key="$1"'; }],
    ['ConfigMap orders-config: {}: the key db-password', ({ config }) => { config.data['db-password'] = ''; }],
    ['Secret orders: {}: a Secret is referred to, never rendered', ({ account }) => { account.kind = 'Secret'; }],
  ],
};

test('a good database breaks no promise', () => {
  expect(breachesOf(() => undefined)).toEqual([]);
});

test('every promise is seen broken below', () => {
  expect(Object.keys(SEEDED)).toEqual(Object.keys(INVARIANTS));
  expect(Object.values(SEEDED).every(cases => cases.length > 0)).toBe(true);
});

describe.each(Object.entries(SEEDED))('%s', (promise, cases) => {
  test.each(cases)('or: %s', (fault, spoil) => {
    expect(breachesOf(spoil)).toContain(fault.replace('{}', promise));
  });
});

describe('what is no breach', () => {
  test('a Secret that cert-manager or External Secrets will make', () => {
    const unknown = 'StatefulSet orders: every reference leads somewhere: there is no Secret orders-credentials';
    expect(breachesOf(() => undefined, {})).toContain(unknown);
    expect(breachesOf(objects => {
      objects.account = { ...objects.account, apiVersion: 'cert-manager.io/v1', kind: 'Certificate', spec: { secretName: 'orders-credentials' } };
    }, {})).not.toContain(unknown);
    expect(breachesOf(objects => {
      objects.account = { ...objects.account, apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', spec: { target: { name: 'orders-credentials' } } };
    }, {})).not.toContain(unknown);
  });

  test('an optional reference to an object that may come later', () => {
    expect(breachesOf(({ set }) => { set.spec.template.spec.volumes[1].configMap = { name: 'unknown', optional: true }; })).toEqual([]);
  });

  test('a selector by a label that the pods get at run time, if it is declared', () => {
    const byRole = ({ service }: Objects): void => { service.spec.selector.role = 'primary'; };
    expect(breachesOf(byRole)).toHaveLength(2);
    expect(breachesOf(byRole, { ...SURROUNDINGS, runtimeLabels: ['role'] })).toEqual([]);
  });

  test('a companion without probes that serves no port', () => {
    expect(breachesOf(({ set }) => { set.spec.template.spec.containers.push({ ...container('reconcile'), ports: [] }); })).toEqual([]);
  });

  test('a line that only reads a secret, or names a file', () => {
    expect(breachesOf(({ config }) => {
      config.data['run.sh'] = 'password="${PASSWORD}"\npassword=$(cat /run/credentials/main)\nssl_key_file = \'/tls/a\'';
    })).toEqual([]);
  });
});

test('no manifests at all are refused, not praised', () => {
  expect(() => breaches([])).toThrow(new Error('there is no manifest: a check of nothing proves nothing'));
});

if (schemasPresent()) {
  test('the good manifests are good for Kubernetes too', () => {
    expect(Object.values(good() as object).flatMap((manifest: Manifest) => validate(manifest, 'v1.36'))).toEqual([]);
  });
}
