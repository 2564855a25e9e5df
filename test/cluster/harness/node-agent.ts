import { readFileSync } from 'fs';
import { join } from 'path';
import { Duration } from 'cdk8s';
import { eventually } from './eventually';
import { Kubectl } from './kubectl';
import { manifest } from './namespace';
import { Pod, containerStatus } from './readiness';
import { SETTINGS } from './settings';

const NAME = 'test-node-agent';
const SCRIPT = readFileSync(join(__dirname, 'scripts', 'agent.sh'), 'utf8');

/** A process of a container, seen from its node. */
export interface Process {
  readonly container: string;
  readonly name: string;
  readonly arguments: string;
  readonly environment: string;
}

/** A container, by the pod it is in. */
export interface Target {
  readonly kubectl: Kubectl;
  readonly pod: string;
  readonly container: string;
}

/** The namespace of the agents, which takes privileged pods. */
export const agents = new Kubectl(NAME);

/**
 * Starts a privileged pod on every node, which sees all processes there.
 * It also pulls the server's image, so that no figure holds the time of a download.
 * Runs that use the cluster at the same time share it, so it stays behind.
 */
export async function installNodeAgent(): Promise<void> {
  await new Kubectl().apply(JSON.stringify(manifest(NAME, 'privileged', 'shared')));
  await agents.apply(JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [scripts(), daemonSet()] }));
  await agents.run(['rollout', 'status', `daemonset/${NAME}`, '--timeout=240s'], { timeout: Duration.minutes(5) });
}

/** Sends a signal to the topmost process of that name: the server rather than its children. */
export async function signal(target: Target, name: string, kind: string): Promise<void> {
  const { agent, id } = await locate(target);
  await run(agent, ['signal', id, name, kind], Duration.seconds(30));
}

/** The same, as soon as there is a process of that name. */
export async function signalSoon(target: Target, name: string, kind: string, within: Duration): Promise<void> {
  const { agent, id } = await locate(target);
  await run(agent, ['await', id, name, kind, `${within.toSeconds()}`], Duration.seconds(within.toSeconds() + 30));
}

/** Lets the process with that title run, and pause, for a while. Returns how often it was paused. */
export async function slow(target: Target, title: string, cycle: { run: Duration; pause: Duration }, time: Duration): Promise<number> {
  const { agent, id } = await locate(target);
  const micros = [cycle.run, cycle.pause].map(part => `${part.toMilliseconds() * 1000}`);
  const printed = await run(agent, ['slow', id, title, ...micros, `${time.toSeconds()}`], Duration.seconds(time.toSeconds() + 30));
  return Number(printed);
}

/** All processes of the pod that lived at some moment of that time. */
export async function processes(kubectl: Kubectl, pod: string, time: Duration): Promise<Process[]> {
  const { status } = await kubectl.json<Pod>(['get', 'pod', pod]);
  const all = (status.containerStatuses ?? []).map(({ name }) => processesOf({ kubectl, pod, container: name }, time));
  return (await Promise.all(all)).flat();
}

/** Those of one container, which may be one that runs before the others. */
export async function processesOf(target: Target, time: Duration): Promise<Process[]> {
  const { agent, id } = await locate(target);
  const printed = await run(agent, ['list', id, `${time.toSeconds()}`], Duration.seconds(time.toSeconds() + 30));
  return printed.split('\n').filter(line => line !== '').map(line => parse(target.container, line));
}

function parse(container: string, line: string): Process {
  const [name = '', args = '', environment = ''] = line.split(' ').slice(1).map(part => Buffer.from(part, 'base64').toString('latin1'));
  return { container, name: name.trim(), arguments: args, environment };
}

async function locate(target: Target): Promise<{ agent: string; id: string }> {
  const pod = await target.kubectl.json<Pod>(['get', 'pod', target.pod]);
  const id = containerStatus(pod, target.container).containerID?.replace(/^.*:\/\//, '');
  if (!id) { throw new Error(`${target.pod}/${target.container} has no container`); }
  const agent = await eventually(`the agent of ${pod.spec.nodeName}`, { within: Duration.minutes(1) }, async () => {
    const found = await agents.json<{ items: Pod[] }>(['get', 'pods', '--field-selector', `spec.nodeName=${pod.spec.nodeName},status.phase=Running`]);
    return found.items[0]?.metadata.name;
  });
  return { agent, id };
}

function run(agent: string, args: string[], timeout: Duration): Promise<string> {
  return agents.exec(agent, 'agent', ['sh', '/scripts/agent.sh', ...args], { timeout });
}

function scripts(): object {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: NAME }, data: { 'agent.sh': SCRIPT } };
}

function daemonSet(): object {
  const labels = { app: NAME };
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: NAME },
    spec: {
      selector: { matchLabels: labels },
      updateStrategy: { rollingUpdate: { maxUnavailable: '100%' } },
      template: {
        metadata: { labels },
        spec: {
          hostPID: true,
          terminationGracePeriodSeconds: 0,
          tolerations: [{ operator: 'Exists' }],
          initContainers: [{ name: 'pull', image: SETTINGS.image, command: ['true'] }],
          containers: [{
            name: 'agent',
            image: SETTINGS.toolImage,
            command: ['sleep', '100000'],
            securityContext: { privileged: true },
            volumeMounts: [{ name: 'scripts', mountPath: '/scripts' }],
          }],
          volumes: [{ name: 'scripts', configMap: { name: NAME } }],
        },
      },
    },
  };
}
