import { Duration } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { exampleNames, renderExample } from '../../../tools/examples';
import { eventually } from '../harness/eventually';
import { Kubectl, Outcome } from '../harness/kubectl';
import { TestNamespace } from '../harness/namespace';

interface Template { metadata: object; spec: { containers: { securityContext: object }[]; volumes: object[] } }
interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: { readonly template: Template; readonly volumeClaimTemplates?: { metadata: { name: string } }[] };
}

const STRICT = ['--dry-run=server', '--validate=strict', '--filename', '-'];
const PRIORITY = 'databases';

/** Rendered once, because a program runs only when it is loaded for the first time. */
const EXAMPLES = exampleNames().map(name => [name, renderExample(name)] as const);

let namespace: TestNamespace;

beforeAll(async () => {
  namespace = await TestNamespace.create('admission');
  // "enforce" looks at pods alone; with "warn" a StatefulSet tells, too.
  await new Kubectl().run(['label', 'namespace', namespace.name, 'pod-security.kubernetes.io/warn=restricted']);
  await new Kubectl().apply(JSON.stringify({ apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: PRIORITY }, value: 1000 }));
});

afterAll(async () => {
  await new Kubectl().run(['delete', 'priorityclass', PRIORITY, '--ignore-not-found']);
  await namespace.remove();
});

/** The text moved into the namespace of the test. */
function moved(text: string): string {
  return text.replace(/^ {2}namespace: .*$/gm, `  namespace: ${namespace.name}`);
}

function manifestsOf(text: string): Manifest[] {
  return parseAllDocuments(text).map(document => document.toJS() as Manifest);
}

/** The pod as the StatefulSet controller would make it. */
function podOf({ metadata, spec: { template, volumeClaimTemplates } }: Manifest): { spec: Template['spec'] } {
  const claims = (volumeClaimTemplates ?? []).map(claim => (
    { name: claim.metadata.name, persistentVolumeClaim: { claimName: `${claim.metadata.name}-${metadata.name}-0` } }));
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { ...template.metadata, name: `${metadata.name}-0` } };
  return { ...pod, spec: { ...template.spec, volumes: [...template.spec.volumes, ...claims] } };
}

function create(manifest: object): Promise<Outcome> {
  return namespace.kubectl.try(['create', ...STRICT], { input: JSON.stringify(manifest) });
}

async function makeAccounts(manifests: Manifest[]): Promise<void> {
  const accounts = manifests.filter(({ kind }) => kind === 'ServiceAccount');
  expect(accounts).not.toHaveLength(0);
  await namespace.kubectl.apply(JSON.stringify({ apiVersion: 'v1', kind: 'List', items: accounts }));
}

/** Pods are refused until the API server has noticed their account. */
function created(pod: object): Promise<Outcome> {
  return eventually('an answer about the pod', { within: Duration.seconds(10) }, async () => {
    const outcome = await create(pod);
    return outcome.stderr.includes('error looking up service account') ? undefined : outcome;
  });
}

describe.each(EXAMPLES)('examples/%s.ts', (_name, rendered) => {
  test('every object is taken by the API server, with no unknown field and no warning', async () => {
    const text = moved(rendered);
    const { code, stdout, stderr } = await namespace.kubectl.try(['apply', ...STRICT], { input: text });
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout.match(/ \(server dry run\)$/gm)).toHaveLength(manifestsOf(text).length);
  });

  test('every pod is admitted where the "restricted" standard is enforced', async () => {
    const manifests = manifestsOf(moved(rendered));
    const sets = manifests.filter(({ kind }) => kind === 'StatefulSet');
    expect(sets).not.toHaveLength(0);
    await makeAccounts(manifests);
    for (const set of sets) {
      expect(await created(podOf(set))).toEqual({ code: 0, stderr: '', stdout: `pod/${set.metadata.name}-0 created (server dry run)\n` });
    }
  });
});

describe('the checks above', () => {
  const firstSet = (): Manifest => EXAMPLES.flatMap(([, text]) => manifestsOf(moved(text))).find(({ kind }) => kind === 'StatefulSet') as Manifest;

  test('refuse a pod whose containers may gain rights', async () => {
    const pod = podOf(firstSet());
    pod.spec.containers.forEach(container => { container.securityContext = { ...container.securityContext, allowPrivilegeEscalation: true }; });
    const { code, stderr } = await created(pod);
    expect(code).not.toBe(0);
    expect(stderr).toContain('violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false');
  });

  test('refuse a field that does not exist', async () => {
    const set = firstSet();
    const { code, stderr } = await create({ ...set, spec: { ...set.spec, replica: 1 } });
    expect(code).not.toBe(0);
    expect(stderr).toContain('unknown field "spec.replica"');
  });
});
