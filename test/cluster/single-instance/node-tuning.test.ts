import { App, Chart, Duration, Size } from 'cdk8s';
import { Cpu, NodeTuning, OpenSearch, OpenSearchSecurity, SingleInstanceDb, StorageClassRef } from 'cdk8s-stateful';
import { imageOf } from '../engines/profile';
import { eventually } from '../harness/eventually';
import { recordServer } from '../harness/figures';
import { Kubectl } from '../harness/kubectl';
import { TestNamespace } from '../harness/namespace';
import { agents } from '../harness/node-agent';
import { Pod, containerStatus, untilReady } from '../harness/readiness';
import { SETTINGS } from '../harness/settings';

const POD = 'search-0';
const FILE = '/proc/sys/vm/max_map_count';
/** What the server needs once it may map its files, and less than that. */
const [NEEDED, TOO_FEW] = ['262144', '65530'];
const IMAGE = imageOf('opensearch', 'docker.io/opensearchproject/opensearch:3.8');

const namespaces: TestNamespace[] = [];
let agent: string;
let found: string;

beforeAll(async () => {
  const list = await agents.json<{ items: Pod[] }>(['get', 'pods']);
  agent = list.items[0]?.metadata.name as string;
  found = (await onNode(`cat ${FILE}`)).trim();
  recordServer('OpenSearch', IMAGE);
});

// The nodes may share one kernel with everything else on this machine.
afterAll(async () => {
  await onNode(`echo ${found} > ${FILE}`);
  await Promise.all(namespaces.map(each => each.remove()));
});

function onNode(command: string): Promise<string> {
  return agents.exec(agent, 'agent', ['sh', '-c', command]);
}

/** A server that needs the setting, on the node that has the agent. */
async function start(podSecurity: 'restricted' | 'privileged', nodeTuning: NodeTuning): Promise<Kubectl> {
  await onNode(`echo ${TOO_FEW} > ${FILE}`);
  const namespace = await TestNamespace.create('tuning', podSecurity);
  namespaces.push(namespace);
  const node = (await agents.json<Pod>(['get', 'pod', agent])).spec.nodeName;
  const app = new App();
  new SingleInstanceDb(new Chart(app, 'shop', { namespace: namespace.name }), 'search', {
    engine: OpenSearch.v3({ security: OpenSearchSecurity.disabled({ iAcceptNoAuthentication: true }) }),
    image: IMAGE, nodeTuning,
    storage: { size: Size.gibibytes(2), storageClass: StorageClassRef.named(SETTINGS.storageClass) },
    resources: { memory: Size.gibibytes(1), cpu: Cpu.millis(250) },
    settings: { 'node.store.allow_mmap': 'true' },
    scheduling: { nodeSelector: { 'kubernetes.io/hostname': node } },
  });
  await namespace.kubectl.apply(app.synthYaml());
  return namespace.kubectl;
}

test('a node without what the server needs stops the pod before the server starts, and the log says what to do', async () => {
  const kubectl = await start('restricted', NodeTuning.CHECK);
  const end = await eventually('the end of the check', { within: Duration.minutes(3) }, async () => {
    const status = (await kubectl.json<Pod>(['get', 'pod', POD])).status.initContainerStatuses?.[0];
    return status?.state.terminated ?? status?.lastState.terminated;
  });
  expect(end.exitCode).toBe(1);
  expect(await kubectl.run(['logs', POD, '--container', 'node-check'])).toContain(
    `node-check.sh: REFUSED: vm.max_map_count is ${TOO_FEW} on this node, but has to be at least ${NEEDED}, or the server runs out of memory maps`);
  const server = containerStatus(await kubectl.json<Pod>(['get', 'pod', POD]), 'opensearch');
  expect(server.containerID ?? '').toBe('');
  expect((await onNode(`cat ${FILE}`)).trim()).toBe(TOO_FEW);
});

test('the privileged setter is refused where "restricted" is enforced', async () => {
  const kubectl = await start('restricted', NodeTuning.SET_AS_PRIVILEGED);
  const event = await eventually('the refusal', { within: Duration.minutes(1) }, async () => {
    const events = await kubectl.run(['get', 'events', '--field-selector', 'reason=FailedCreate', '--output', 'jsonpath={.items[*].message}']);
    return events === '' ? undefined : events;
  });
  expect(event).toMatch(/violates PodSecurity "restricted:latest": privileged \(container "node-setup"/);
});

test('where it is allowed, it sets what is missing, and the server runs', async () => {
  const kubectl = await start('privileged', NodeTuning.SET_AS_PRIVILEGED);
  await untilReady(kubectl, POD, Duration.minutes(4));
  expect(await kubectl.run(['logs', POD, '--container', 'node-setup'])).toBe(
    `node-setup.sh: vm.max_map_count was ${TOO_FEW}, and is ${NEEDED} from now on, for every pod of this node\n`);
  expect(await kubectl.run(['logs', POD, '--container', 'node-check'])).toContain(`node-check.sh: vm.max_map_count is ${NEEDED}\n`);
  expect((await kubectl.exec(POD, 'opensearch', ['cat', FILE])).trim()).toBe(NEEDED);
});
