import { spawn } from 'child_process';
import { once } from 'events';
import { Duration } from 'cdk8s';
import { eventually } from './eventually';
import { Kubectl, run } from './kubectl';
import { SETTINGS } from './settings';

/** Held by the run that has switched a machine off. */
const LOCK = '/tmp/cluster-power.lock';
const OUT_OF_SERVICE = 'node.kubernetes.io/out-of-service';

/** Power over the machines of the cluster, through the program that CLUSTER_TOOL names. */
export const power = {
  stop: (node: string) => tool('node', 'stop', node),
  start: (node: string) => untilAlive(node, () => tool('node', 'start', node)),
  partition: (node: string) => tool('partition', node),
  heal: (node: string) => untilAlive(node, () => tool('heal', node)),
};

/** Runs something while the node has no power. It is the only machine that is off: another run that wants one off waits for it. */
export async function withoutPower<T>(node: string, body: () => Promise<T>): Promise<T> {
  const unlock = await lockPower();
  try {
    await power.stop(node);
    return await body();
  } finally {
    try {
      await power.start(node);
    } finally {
      await new Kubectl().try(['taint', 'node', node, `${OUT_OF_SERVICE}-`]); // fails if it was not declared
      unlock();
    }
  }
}

/** Says of a node that it is off and stays off for now, so that its volumes may be used elsewhere. */
export async function declareOutOfService(node: string): Promise<void> {
  await new Kubectl().run(['taint', 'node', node, `${OUT_OF_SERVICE}=nodeshutdown:NoExecute`, '--overwrite']);
}

/** Waits until the cluster has noticed that the node is gone. */
export async function untilNotReady(node: string): Promise<void> {
  await new Kubectl().wait(`node/${node}`, 'condition=Ready=Unknown', Duration.minutes(2));
}

// A node that has just died is still called ready, so its sign of life counts, too.
async function untilAlive(node: string, revive: () => Promise<void>): Promise<void> {
  const lease = new Kubectl('kube-node-lease');
  const renewed = () => lease.run(['get', 'lease', node, '--output', 'jsonpath={.spec.renewTime}']);
  const last = await renewed();
  await revive();
  await eventually(`a sign of life of ${node}`, { within: Duration.minutes(2) }, async () => await renewed() === last ? undefined : true);
  await new Kubectl().wait(`node/${node}`, 'condition=Ready', Duration.minutes(2));
}

/**
 * A test that switches machines off. Where nothing can do that it is reported as skipped,
 * and in CI as failed: a run without its proofs is not green.
 */
export function powerTest(title: string, body: () => Promise<void>, timeout: Duration): void {
  if (SETTINGS.clusterTool !== undefined || SETTINGS.ci) {
    test(title, body, timeout.toMilliseconds());
  } else {
    const skipped = test.skip;
    skipped(`${title} (not run: CLUSTER_TOOL is not set)`, body);
  }
}

async function lockPower(): Promise<() => void> {
  const holder = spawn('flock', [LOCK, 'sh', '-c', 'echo locked; cat'], { stdio: ['pipe', 'pipe', 'inherit'] });
  await once(holder.stdout, 'data');
  return () => holder.stdin.end();
}

async function tool(...args: string[]): Promise<void> {
  if (SETTINGS.clusterTool === undefined) {
    throw new Error(`CLUSTER_TOOL is not set, so "${args.join(' ')}" could not be done and nothing is proven`);
  }
  const outcome = await run(SETTINGS.clusterTool, args, { timeout: Duration.minutes(2) });
  if (outcome.code !== 0) { throw new Error(`${SETTINGS.clusterTool} ${args.join(' ')} failed: ${outcome.stderr}${outcome.stdout}`); }
}
