import { MemberPodSpec, memberPod } from '../../lib/workload/member-pod';
import { statefulSet } from '../../lib/workload/stateful-set';
import { PLAN } from './plan';

const SPEC: MemberPodSpec = {
  containerSecurity: {}, imagePullPolicy: 'Always', serverResources: {}, companionResources: () => ({}), secretMounts: [], hasWal: false, setsNode: false,
  plan: PLAN, config: 'orders-config', scripts: 'orders-scripts', serviceAccount: 'orders', labels: { app: 'orders' }, annotations: { note: 'mine' },
  checksum: 'abc', security: { runAsNonRoot: true }, placement: { priorityClassName: 'high' }, shutdownSeconds: 300, imagePullSecrets: ['registry'],
  volumes: [{ name: 'credentials', secret: { secretName: 'orders-credentials' } }],
};

test('a pod is the plan and the parts that were given, and nothing that was not', () => {
  const { containers, ...spec } = memberPod(SPEC).spec ?? { containers: [] };
  expect(containers.map(({ name }) => name)).toEqual(['server', 'helper']);
  expect(memberPod(SPEC).metadata).toEqual({
    annotations: { 'note': 'mine', 'kubectl.kubernetes.io/default-container': 'server', 'cdk8s-stateful/files': 'abc' },
    labels: { app: 'orders' },
  });
  expect(spec).toEqual({
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    imagePullSecrets: [{ name: 'registry' }],
    priorityClassName: 'high',
    securityContext: { runAsNonRoot: true },
    serviceAccountName: 'orders',
    terminationGracePeriodSeconds: 300,
    volumes: [
      { name: 'config', configMap: { name: 'orders-config', defaultMode: 0o444 } },
      { name: 'scripts', configMap: { name: 'orders-scripts', defaultMode: 0o555 } },
      { name: 'credentials', secret: { secretName: 'orders-credentials' } },
      { name: 'run', emptyDir: { sizeLimit: '16Mi' } },
      { name: 'shm', emptyDir: { medium: 'Memory', sizeLimit: '1Gi' } },
    ],
  });
});

test('an annotation of the user never replaces one of the library', () => {
  const annotations = { 'kubectl.kubernetes.io/default-container': 'mine', 'cdk8s-stateful/files': 'mine' };
  expect(memberPod({ ...SPEC, annotations }).metadata?.annotations)
    .toEqual({ 'kubectl.kubernetes.io/default-container': 'server', 'cdk8s-stateful/files': 'abc' });
});

test('no secret for the registry is no field', () => {
  expect(memberPod({ ...SPEC, imagePullSecrets: [] }).spec).not.toHaveProperty('imagePullSecrets');
  expect(memberPod(SPEC).spec).toHaveProperty('imagePullSecrets');
});

describe('a StatefulSet', () => {
  const parts = {
    name: 'orders', labels: { team: 'shop' }, annotations: {}, selector: { app: 'orders' }, service: 'orders-members', replicas: 1,
    template: { spec: { containers: [] } }, claimTemplates: [], retention: { whenDeleted: 'Retain', whenScaled: 'Retain' },
  };

  test('starts and replaces its members without waiting for a broken one', () => {
    expect(statefulSet(parts)).toEqual({
      apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'orders', labels: { team: 'shop' } },
      spec: {
        persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' }, podManagementPolicy: 'Parallel', replicas: 1,
        revisionHistoryLimit: 10, selector: { matchLabels: { app: 'orders' } }, serviceName: 'orders-members', template: { spec: { containers: [] } },
        updateStrategy: { type: 'RollingUpdate' },
      },
    });
  });

  test('has annotations and claim templates where there are some', () => {
    const claim = { apiVersion: 'v1' as const, kind: 'PersistentVolumeClaim' as const, metadata: { name: 'data' } };
    const { metadata, spec } = statefulSet({ ...parts, annotations: { note: 'mine' }, claimTemplates: [claim] });
    expect(metadata).toEqual({ name: 'orders', labels: { team: 'shop' }, annotations: { note: 'mine' } });
    expect(spec?.volumeClaimTemplates).toEqual([claim]);
  });
});
