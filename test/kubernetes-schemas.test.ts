import { type Manifest, schemasPresent, validate, VERSIONS, type Version } from './kubernetes-schemas';

const NEWEST: Version = 'v1.36';

function statefulSet(podSpec: object = {}): Manifest {
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'orders', namespace: 'shop', labels: { app: 'orders' } },
    spec: {
      serviceName: 'orders',
      selector: { matchLabels: { app: 'orders' } },
      template: {
        metadata: { labels: { app: 'orders' } },
        spec: {
          containers: [{ name: 'database', image: 'postgres:17', resources: { requests: { memory: '1Gi', cpu: 0.5 } } }],
          ...podSpec,
        },
      },
    },
  };
}

function snapshot(spec: object): Manifest {
  return { apiVersion: 'snapshot.storage.k8s.io/v1', kind: 'VolumeSnapshot', metadata: { name: 'before' }, spec };
}

const sidecar = { initContainers: [{ name: 'proxy', image: 'proxy:1', restartPolicy: 'Always' }] };

const present = schemasPresent();

/** Where there are no schemas, nothing here counts as a passed test. */
function promise(title: string, body: () => void): void {
  if (present) { test(title, body); }
}

if (!present) {
  test('NOT CHECKED, there are no schemas: only outside of CI', () => {
    expect(process.env.CI).not.toBe('true');
  });
}

describe('the API server, as its own schemas describe it', () => {
  promise('takes a good StatefulSet in every version that we promise', () => {
    expect(VERSIONS).toHaveLength(10);
    expect(VERSIONS.flatMap(version => validate(statefulSet(), version))).toEqual([]);
  });

  promise('knows the sidecar field from 1.28 on, and 1.27 does not', () => {
    expect(validate(statefulSet(sidecar), 'v1.27')).toEqual([
      'StatefulSet orders: /spec/template/spec/initContainers/0: unknown field "restartPolicy"',
    ]);
    expect(VERSIONS.slice(1).flatMap(version => validate(statefulSet(sidecar), version))).toEqual([]);
  });

  promise('drops no misspelled field in silence, however deep', () => {
    expect(validate(statefulSet({ terminationGracePeriod: 30 }), NEWEST)).toEqual([
      'StatefulSet orders: /spec/template/spec: unknown field "terminationGracePeriod"',
    ]);
  });

  promise('refuses a wrong type, a wrong word and a missing field, all in one answer', () => {
    const broken = { containers: [{ image: 'postgres:17', imagePullPolicy: 'Sometimes' }], hostNetwork: 'yes' };
    expect(validate(statefulSet(broken), NEWEST)).toEqual([
      'StatefulSet orders: /spec/template/spec/containers/0: must have required property \'name\'',
      'StatefulSet orders: /spec/template/spec/containers/0/imagePullPolicy: must be one of ["Always","IfNotPresent","Never"]',
      'StatefulSet orders: /spec/template/spec/hostNetwork: must be boolean',
    ]);
  });

  promise('refuses an amount that Kubernetes cannot read', () => {
    const container = (memory: unknown): object => ({ containers: [{ name: 'a', resources: { limits: { memory } } }] });
    for (const amount of ['50Gi', '500m', '1e3', '.5', '1.', 2, '128974848', '12E']) {
      expect(validate(statefulSet(container(amount)), NEWEST)).toEqual([]);
    }
    for (const amount of ['50 Gi', '50GB', 'much', '', '1ki']) {
      expect(validate(statefulSet(container(amount)), NEWEST)).not.toEqual([]);
    }
  });

  promise('says when a kind is unknown, or not yet known', () => {
    expect(validate({ ...statefulSet(), apiVersion: 'apps/v1beta1' }, NEWEST))
      .toEqual(['StatefulSet orders: v1.36 has no apps/v1beta1 StatefulSet']);
  });

  promise('takes a label map with any key, but only texts in it', () => {
    const labelled = (labels: object): Manifest => ({ ...statefulSet(), metadata: { name: 'orders', labels } });
    expect(validate(labelled({ 'any.example/key': 'value' }), NEWEST)).toEqual([]);
    expect(validate(labelled({ tier: 1 }), NEWEST)).toEqual(['StatefulSet orders: /metadata/labels/tier: must be string']);
  });
});

describe('the custom resources that we render', () => {
  promise('are checked by their CRD', () => {
    expect(validate(snapshot({ source: { persistentVolumeClaimName: 'data-orders-0' } }), NEWEST)).toEqual([]);
    expect(validate(snapshot({ source: { persistentVolumeClaim: 'data-orders-0' } }), NEWEST))
      .toContain('VolumeSnapshot before: /spec/source: unknown field "persistentVolumeClaim"');
  });

  promise('have the metadata of everybody', () => {
    const misspelled = { ...snapshot({ source: { persistentVolumeClaimName: 'data' } }), metadata: { name: 'before', lables: {} } };
    expect(validate(misspelled, NEWEST)).toEqual(['VolumeSnapshot before: /metadata: unknown field "lables"']);
  });

  promise('all compile', () => {
    const kinds = [
      ['monitoring.coreos.com/v1', 'ServiceMonitor'], ['cert-manager.io/v1', 'Certificate'], ['postgresql.cnpg.io/v1', 'Cluster'],
      ['external-secrets.io/v1', 'ExternalSecret'], ['acid.zalan.do/v1', 'postgresql'], ['velero.io/v1', 'Schedule'],
      ['clickhouse.altinity.com/v1', 'ClickHouseInstallation'], ['databases.spotahome.com/v1', 'RedisFailover'],
    ] as const;
    for (const [apiVersion, kind] of kinds) {
      const errors = validate({ apiVersion, kind, metadata: { name: 'x', wrong: 1 } }, NEWEST);
      expect(errors).toContain(`${kind} x: /metadata: unknown field "wrong"`);
    }
  });
});
