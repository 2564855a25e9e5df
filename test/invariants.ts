import type { CronJob, Job } from '../imports/kubernetes/batch-v1';
import type { StatefulSet } from '../imports/kubernetes/apps-v1';
import type { ConfigMap, Container, PersistentVolumeClaim, PodSpec, PodTemplateSpec, Service } from '../imports/kubernetes/core-v1';
import type { LabelSelector } from '../imports/kubernetes/meta-v1';
import type { NetworkPolicy } from '../imports/kubernetes/networking-v1';
import type { PodDisruptionBudget } from '../imports/kubernetes/policy-v1';
import type { Manifest } from './kubernetes-schemas';

/** What the manifests may rely on without containing it. */
export interface Surroundings {
  /** Objects that somebody else makes, as `Secret/orders-credentials`. */
  readonly external?: readonly string[];
  /** Labels that are set on pods at run time; a selector may name them. */
  readonly runtimeLabels?: readonly string[];
}

/**
 * Every breach of what holds for all manifests of this library, as one line each:
 * `StatefulSet orders: <promise>: <what is wrong>`.
 */
export function breaches(manifests: readonly Manifest[], surroundings: Surroundings = {}): string[] {
  if (manifests.length === 0) {
    throw new Error('there is no manifest: a check of nothing proves nothing');
  }
  const world = worldOf(manifests, surroundings);
  return Object.entries(INVARIANTS).flatMap(([promise, find]) =>
    find(world).map(([subject, fault]) => `${subject.kind} ${subject.metadata.name}: ${promise}: ${fault}`));
}

/** What holds for every manifest, by the promise it keeps. */
export const INVARIANTS: { readonly [promise: string]: (world: World) => Fault[] } = {
  'every object has a name of its own': ({ manifests }) => repeated(manifests),
  'every name fits': ({ manifests }) => manifests.flatMap(nameFaults),
  'every label fits': ({ manifests }) => manifests.flatMap(labelFaults),
  'every object has a namespace': ({ manifests }) => manifests
    .filter(each => !CLUSTER_WIDE.has(each.kind) && !each.metadata.namespace).map(each => [each, 'none']),
  'every mount has a volume': ({ pods }) => pods.flatMap(mountFaults),
  'every reference leads somewhere': world => world.pods.flatMap(pod => referenceFaults(world, pod)),
  'a workload selects its own pods': ({ manifests }) => manifests.flatMap(selectorFaults),
  'every selector finds a pod': world => world.manifests.flatMap(each => aimFaults(world, each)),
  'the named ports of a Service exist': world => of<Service>(world, 'Service').flatMap(each => portFaults(world, each)),
  'the Service of a StatefulSet exists': world => of<StatefulSet>(world, 'StatefulSet')
    .filter(set => !has(world, set, 'Service', set.spec?.serviceName))
    .map(set => [set, `serviceName is ${String(set.spec?.serviceName)}`]),
  'members start and stop in parallel': world => of<StatefulSet>(world, 'StatefulSet')
    .filter(set => set.spec?.podManagementPolicy !== 'Parallel')
    .map(set => [set, `podManagementPolicy is ${String(set.spec?.podManagementPolicy)}`]),
  'what happens to the claims is written out': world => of<StatefulSet>(world, 'StatefulSet').flatMap(retentionFaults),
  'every claim template is complete': world => of<StatefulSet>(world, 'StatefulSet').flatMap(set =>
    (set.spec?.volumeClaimTemplates ?? []).flatMap(claim => claimFaults(set, claim))),
  'every container says what it needs': ({ pods }) => pods.flatMap(pod => eachContainer(pod, resourceFaults)),
  'every container is confined': ({ pods }) => pods.flatMap(pod => eachContainer(pod, confinementFaults)),
  'every pod is confined': ({ pods }) => pods
    .filter(pod => pod.spec.securityContext?.runAsNonRoot !== true).map(pod => [pod.owner, 'runAsNonRoot is not true']),
  'no pod has a token it did not ask for': world => [
    ...world.pods.filter(pod => pod.spec.automountServiceAccountToken !== false).map(({ owner }): Fault => [owner, 'the pod mounts one']),
    ...world.manifests.filter(each => each.kind === 'ServiceAccount' && each.automountServiceAccountToken !== false)
      .map((each): Fault => [each, 'the account mounts one']),
  ],
  'every emptyDir has a limit': ({ pods }) => pods.flatMap(pod => (pod.spec.volumes ?? [])
    .filter(volume => volume.emptyDir !== undefined && volume.emptyDir.sizeLimit === undefined)
    .map((volume): Fault => [pod.owner, `volume ${volume.name}`])),
  'every image has a fixed tag': ({ pods }) => pods.flatMap(pod => eachContainer(pod, imageFaults)),
  'every script finds what it sources': ({ manifests }) => manifests.filter(each => each.kind === 'ConfigMap')
    .flatMap(each => missingSources(each).map((fault): Fault => [each, fault])),
  'three different probes': ({ pods }) => pods.filter(pod => pod.owner.kind === 'StatefulSet')
    .flatMap(pod => pod.spec.containers.flatMap((container, index) => probeFaults(container, index).map((fault): Fault => [pod.owner, fault]))),
  'no secret is written out': world => [
    ...world.pods.flatMap(pod => eachContainer(pod, literalSecrets)),
    ...world.manifests.filter(each => each.kind === 'ConfigMap').flatMap(each => suspiciousTexts(each).map((fault): Fault => [each, fault])),
    ...world.manifests.filter(each => each.kind === 'Secret').map((each): Fault => [each, 'a Secret is referred to, never rendered']),
  ],
};

/** The object that is wrong, and how. */
type Fault = readonly [Manifest, string];

interface Pod { readonly owner: Manifest; readonly template: PodTemplateSpec; readonly spec: PodSpec; readonly claims: readonly PersistentVolumeClaim[] }

interface World {
  readonly manifests: readonly Manifest[];
  readonly pods: readonly Pod[];
  readonly surroundings: Surroundings;
}

function worldOf(manifests: readonly Manifest[], surroundings: Surroundings): World {
  const pods = manifests.flatMap(owner => {
    const template = templateOf(owner);
    const claims = owner.kind === 'StatefulSet' ? (owner as StatefulSet & Manifest).spec?.volumeClaimTemplates ?? [] : [];
    return template?.spec === undefined ? [] : [{ owner, template, spec: template.spec, claims }];
  });
  return { manifests, pods, surroundings };
}

function templateOf(owner: Manifest): PodTemplateSpec | undefined {
  switch (owner.kind) {
    case 'StatefulSet': case 'Deployment': case 'DaemonSet': case 'Job': return (owner as unknown as Job).spec?.template;
    case 'CronJob': return (owner as unknown as CronJob).spec?.jobTemplate.spec?.template;
    case 'Pod': return owner;
    default: return undefined;
  }
}

function of<Kind>(world: World, kind: string): (Kind & Manifest)[] {
  return world.manifests.filter(each => each.kind === kind) as (Kind & Manifest)[];
}

// Scripts

/** What scripts of a ConfigMap source from their own folder, and is not there; `dump.sh` sources `count.sh`. */
function missingSources(each: Manifest): string[] {
  const data = (each as ConfigMap & Manifest).data ?? {};
  return Object.entries(data).flatMap(([script, text]) =>
    [...text.matchAll(/^ *(?:source|\.) "(?:\$HERE|\$\(dirname -- [^)]*\))\/([\w.-]+)"/gm)]
      .flatMap(([, name]) => (name === undefined || name in data ? [] : [`${script} sources ${name}`])));
}

// Names and labels

const CLUSTER_WIDE = new Set([
  'ClusterRole', 'ClusterRoleBinding', 'CustomResourceDefinition', 'Namespace', 'PersistentVolume', 'PriorityClass',
  'StorageClass', 'VolumeSnapshotClass', 'VolumeSnapshotContent', 'ClusterIssuer', 'ValidatingAdmissionPolicy',
]);
// 52: the label controller-revision-hash and the names of a CronJob's Jobs need the other 11 characters.
const LONGEST: { readonly [kind: string]: number } = { StatefulSet: 52, CronJob: 52, Service: 63, Job: 63 };
const DNS_LABEL = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const DNS_SUBDOMAIN = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/;
const LABEL_KEY = /^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const LABEL_VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;

function repeated(manifests: readonly Manifest[]): Fault[] {
  const key = (each: Manifest): string => [each.apiVersion.split('/')[0], each.kind, each.metadata.namespace, each.metadata.name].join('/');
  const keys = manifests.map(key);
  return manifests.filter((each, index) => keys.indexOf(key(each)) < index).map(each => [each, 'there are two of this name']);
}

function nameFaults(each: Manifest): Fault[] {
  const longest = LONGEST[each.kind] ?? 253;
  const shape = longest < 253 ? DNS_LABEL : DNS_SUBDOMAIN;
  const { name } = each.metadata;
  return [
    ...(name.length > longest ? [[each, `${name.length} characters, at most ${longest}`] as const] : []),
    ...(shape.test(name) ? [] : [[each, 'not a DNS name'] as const]),
  ];
}

function labelFaults(each: Manifest): Fault[] {
  const labels = { ...each.metadata.labels as object, ...templateOf(each)?.metadata?.labels };
  return Object.entries(labels).filter(([key, value]) => !LABEL_KEY.test(key) || !LABEL_VALUE.test(String(value)))
    .map(([key, value]) => [each, `${key}: ${String(value)}`]);
}

// Volumes and references

function mountFaults({ owner, spec, claims }: Pod): Fault[] {
  const volumes = new Set([...(spec.volumes ?? []).map(volume => volume.name), ...claims.map(claim => claim.metadata?.name)]);
  return containersOf(spec).flatMap(container => [...container.volumeMounts ?? [], ...(container.volumeDevices ?? [])]
    .filter(mount => !volumes.has(mount.name))
    .map((mount): Fault => [owner, `container ${container.name} mounts "${mount.name}"`]));
}

function referenceFaults(world: World, pod: Pod): Fault[] {
  return referencesOf(pod.spec)
    .filter(([kind, name]) => !has(world, pod.owner, kind, name))
    .map(([kind, name]) => [pod.owner, `there is no ${kind} ${name}`]);
}

type Reference = readonly [kind: string, name: string | undefined];
interface Optional { readonly name?: string; readonly optional?: boolean }

function referencesOf(spec: PodSpec): Reference[] {
  const needed = (kind: string, reference: Optional | undefined): Reference[] =>
    reference === undefined || reference.optional === true ? [] : [[kind, reference.name]];
  const volumes = (spec.volumes ?? []).flatMap(volume => [
    ...needed('Secret', volume.secret && { name: volume.secret.secretName, optional: volume.secret.optional }),
    ...needed('ConfigMap', volume.configMap),
    ...needed('PersistentVolumeClaim', volume.persistentVolumeClaim && { name: volume.persistentVolumeClaim.claimName }),
    ...(volume.projected?.sources ?? []).flatMap(source => [...needed('Secret', source.secret), ...needed('ConfigMap', source.configMap)]),
  ]);
  const variables = containersOf(spec).flatMap(container => [
    ...(container.env ?? []).flatMap(({ valueFrom }) =>
      [...needed('Secret', valueFrom?.secretKeyRef), ...needed('ConfigMap', valueFrom?.configMapKeyRef)]),
    ...(container.envFrom ?? []).flatMap(source => [...needed('Secret', source.secretRef), ...needed('ConfigMap', source.configMapRef)]),
  ]);
  const pulls = (spec.imagePullSecrets ?? []).flatMap(secret => needed('Secret', secret));
  const account: Reference[] = spec.serviceAccountName === undefined ? [] : [['ServiceAccount', spec.serviceAccountName]];
  return [...volumes, ...variables, ...pulls, ...account];
}

/** Whether an object is rendered here, made from one that is, or declared to be somebody else's. */
function has(world: World, asking: Manifest, kind: string, name: string | undefined): boolean {
  return world.surroundings.external?.includes(`${kind}/${String(name)}`) === true
    || world.manifests.some(each => each.metadata.namespace === asking.metadata.namespace && makes(each).includes(`${kind}/${String(name)}`));
}

function makes(each: Manifest): string[] {
  const spec = each.spec as { secretName?: string; target?: { name?: string } } | undefined;
  switch (each.kind) {
    case 'Certificate': return [`Secret/${String(spec?.secretName)}`];
    case 'ExternalSecret': return [`Secret/${spec?.target?.name ?? each.metadata.name}`];
    default: return [`${each.kind}/${each.metadata.name}`];
  }
}

// Selectors

type Labels = { readonly [key: string]: string };

function selectorFaults(each: Manifest): Fault[] {
  const labels = templateOf(each)?.metadata?.labels;
  const { selector } = (each.spec ?? {}) as { selector?: LabelSelector };
  return !['StatefulSet', 'Deployment', 'DaemonSet'].includes(each.kind) || (selector !== undefined && matches(selector, labels ?? {}))
    ? [] : [[each, `${JSON.stringify(selector)} does not match ${JSON.stringify(labels)}`]];
}

function aimFaults(world: World, each: Manifest): Fault[] {
  const selector = aimOf(each);
  return selector === undefined || selected(world, each, selector).length > 0 ? [] : [[each, `none has ${JSON.stringify(selector)}`]];
}

function aimOf(each: Manifest): LabelSelector | undefined {
  switch (each.kind) {
    case 'Service': {
      const matchLabels = (each as Service & Manifest).spec?.selector;
      return matchLabels && { matchLabels };
    }
    case 'PodDisruptionBudget': return (each as PodDisruptionBudget & Manifest).spec?.selector ?? {};
    case 'NetworkPolicy': return (each as NetworkPolicy & Manifest).spec?.podSelector ?? {};
    default: return undefined;
  }
}

function selected(world: World, asking: Manifest, selector: LabelSelector): Pod[] {
  return world.pods.filter(pod => pod.owner.metadata.namespace === asking.metadata.namespace
    && podLabels(pod).some(labels => matches(selector, labels, world.surroundings.runtimeLabels)));
}

/** The labels of each pod; Kubernetes adds the two that name a member. */
function podLabels({ owner, template }: Pod): Labels[] {
  const labels = (template.metadata?.labels ?? {});
  if (owner.kind !== 'StatefulSet') { return [labels]; }
  const members = (owner as StatefulSet & Manifest).spec?.replicas ?? 1;
  return Array.from({ length: Math.max(members, 1) }, (_, ordinal) => ({
    ...labels,
    'statefulset.kubernetes.io/pod-name': `${owner.metadata.name}-${ordinal}`,
    'apps.kubernetes.io/pod-index': String(ordinal),
  }));
}

function matches(selector: LabelSelector, labels: Labels, runtime: readonly string[] = []): boolean {
  const wanted = Object.entries(selector.matchLabels ?? {}).filter(([key]) => !runtime.includes(key));
  return wanted.every(([key, value]) => labels[key] === value)
    && (selector.matchExpressions ?? []).filter(({ key }) => !runtime.includes(key)).every(({ key, operator, values = [] }) => {
      const value = labels[key];
      switch (operator) {
        case 'In': return value !== undefined && values.includes(value);
        case 'NotIn': return value === undefined || !values.includes(value);
        case 'Exists': return value !== undefined;
        case 'DoesNotExist': return value === undefined;
        default: return false;
      }
    });
}

function portFaults(world: World, service: Service & Manifest): Fault[] {
  const pods = selected(world, service, { matchLabels: service.spec?.selector ?? {} });
  const names = new Set(pods.flatMap(pod => containersOf(pod.spec).flatMap(container => (container.ports ?? []).map(port => port.name))));
  return (service.spec?.ports ?? []).map(port => port.targetPort)
    .filter((target): target is string => typeof target === 'string' && !names.has(target))
    .map(target => [service, `no container has the port "${target}"`]);
}

// Claims

function retentionFaults(set: StatefulSet & Manifest): Fault[] {
  const policy = set.spec?.persistentVolumeClaimRetentionPolicy;
  return policy?.whenDeleted !== undefined && policy.whenScaled !== undefined ? [] : [[set, JSON.stringify(policy) ?? 'nothing']];
}

// Kubernetes fills these in, and Argo CD then shows a difference for ever.
function claimFaults(set: Manifest, claim: PersistentVolumeClaim): Fault[] {
  const { apiVersion, kind, spec } = claim;
  const missing = Object.entries({ apiVersion, kind, volumeMode: spec?.volumeMode, accessModes: spec?.accessModes?.[0] })
    .filter(([, value]) => value === undefined);
  return missing.map(([field]) => [set, `${String(claim.metadata?.name)} has no ${field}`]);
}

// Containers

function containersOf(spec: PodSpec): Container[] {
  return [...spec.initContainers ?? [], ...spec.containers];
}

function eachContainer(pod: Pod, find: (container: Container, spec: PodSpec) => string[]): Fault[] {
  return containersOf(pod.spec).flatMap(container =>
    find(container, pod.spec).map((fault): Fault => [pod.owner, `container ${container.name}: ${fault}`]));
}

function resourceFaults({ resources }: Container): string[] {
  const requests: { readonly [name: string]: unknown } = resources?.requests ?? {};
  const limits: { readonly [name: string]: unknown } = resources?.limits ?? {};
  return [
    ...['cpu', 'memory', 'ephemeral-storage'].filter(name => requests[name] === undefined).map(name => `no request of ${name}`),
    ...(limits.memory === requests.memory ? [] : [`memory: request ${String(requests.memory)}, limit ${String(limits.memory)}`]),
  ];
}

function confinementFaults({ securityContext: own }: Container, spec: PodSpec): string[] {
  const seccomp = own?.seccompProfile?.type ?? spec.securityContext?.seccompProfile?.type;
  return Object.entries({
    'runAsNonRoot is not true': own?.runAsNonRoot === true,
    'allowPrivilegeEscalation is not false': own?.allowPrivilegeEscalation === false,
    'readOnlyRootFilesystem is not true': own?.readOnlyRootFilesystem === true,
    'privileged': own?.privileged !== true,
    'capabilities.drop is not ALL': own?.capabilities?.drop?.includes('ALL') === true,
    'adds capabilities': (own?.capabilities?.add ?? []).length === 0,
    'seccomp is not RuntimeDefault': seccomp === 'RuntimeDefault',
  }).filter(([, holds]) => !holds).map(([fault]) => fault);
}

function imageFaults({ image = '' }: Container): string[] {
  const [reference = '', digest] = image.split('@');
  const tag = /:([^/:]+)$/.exec(reference)?.[1];
  return tag === 'latest' || (tag === undefined && digest === undefined) ? [`image "${image}"`] : [];
}

/** The database, and everything else that serves a port, is asked three different questions. */
function probeFaults(container: Container, index: number): string[] {
  const { name, ports = [], startupProbe, readinessProbe, livenessProbe } = container;
  const probes = [startupProbe, readinessProbe, livenessProbe].filter(probe => probe !== undefined);
  const serves = index === 0 || ports.length > 0;
  return [
    ...(serves && probes.length < 3 ? [`container ${name} has not all three`] : []),
    ...(new Set(probes.map(probe => JSON.stringify(probe))).size < probes.length ? [`two probes of container ${name} are the same`] : []),
  ];
}

// Secrets. The texts below are those of Trivy's KSV-0109 and KSV-01010, of Kubescape's C-0012 and Checkov's K8S_35.

const SECRET_VARIABLE = /PASS(WORD|WD|PHRASE)?$|PWD$|SECRET|TOKEN|CREDENTIAL|PRIVATE_?KEY|(API|ACCESS)_?KEY/i;
const SECRET_LINE = /(password|pw|pass|pword|passphrase|passwr?d|pswrd|secret(key)?|token|pwd|aws_access_key_id)\s*[=:]/i;
const PERSONAL_LINE = /(username|email|key|phone)\s*[=:]|sha1|md5|[\w.-]+@([a-z0-9-]+\.)+[a-z]{2,4}/i;
const DATA_KEY = /password|pw|pass|secret|token|username|email|key|phone|sha1|md5|credential/i;

function literalSecrets({ env }: Container): string[] {
  return (env ?? []).filter(({ name, value }) => SECRET_VARIABLE.test(name) && value !== undefined && value !== '' && !value.startsWith('/'))
    .map(({ name }) => `the value of ${name}`);
}

function suspiciousTexts(configMap: Manifest): string[] {
  const data = (configMap.data ?? {}) as { readonly [key: string]: string };
  return Object.entries(data).flatMap(([key, text]) => [
    ...(DATA_KEY.test(key) ? [`the key ${key}`] : []),
    ...text.split('\n').filter(suspicious).map(line => `${key}: ${line.trim()}`),
  ]);
}

function suspicious(line: string): boolean {
  const values = [line.split(':')[1], line.split('=')[1]].filter(value => value !== undefined && value !== '');
  return values.length > 0 && (PERSONAL_LINE.test(line)
    || (SECRET_LINE.test(line) && values.some(value => !/^"?(\$\{|\$\(|\{\{)/.test(value ?? ''))));
}
