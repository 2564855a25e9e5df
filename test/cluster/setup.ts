import { mkdirSync, writeFileSync } from 'fs';
import { join } from 'path';
import { Duration } from 'cdk8s';
import { eventually } from './harness/eventually';
import { Kubectl } from './harness/kubectl';
import { removeAll } from './harness/namespace';
import { installNodeAgent } from './harness/node-agent';

const RESULTS = join(__dirname, '.results');

/** Before the first suite: the cluster is there, it holds nothing of this run's name, and every node has its agent. */
export default async function setup(): Promise<void> {
  const version = await eventually('an answer of the cluster that kubectl talks to', { within: Duration.seconds(30) }, () =>
    new Kubectl().json<{ serverVersion: { gitVersion: string } }>(['version']));
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(join(RESULTS, 'kubernetes-version'), version.serverVersion.gitVersion);
  await removeAll();
  await installNodeAgent();
}
