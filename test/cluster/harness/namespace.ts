import { Duration } from 'cdk8s';
import { eventually } from './eventually';
import { Kubectl } from './kubectl';
import { SETTINGS, TEST_LABEL } from './settings';

interface VolumeList {
  readonly items: { metadata: { name: string }; spec: { claimRef?: { namespace: string } } }[];
}

/** A namespace of a suite's own, which enforces the "restricted" pod security standard unless it is told otherwise. */
export class TestNamespace {
  public static async create(purpose: string, podSecurity: 'restricted' | 'privileged' = 'restricted'): Promise<TestNamespace> {
    const name = `test-${purpose}-${Date.now().toString(36)}`;
    await new Kubectl().apply(JSON.stringify(manifest(name, podSecurity, SETTINGS.runId)));
    return new TestNamespace(name);
  }

  public readonly kubectl: Kubectl;

  private constructor(public readonly name: string) {
    this.kubectl = new Kubectl(name);
  }

  public secret(name: string, values: { [key: string]: string }): Promise<string> {
    return this.kubectl.apply(JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { name }, stringData: values }));
  }

  /** Makes the namespace go, without waiting: the teardown of the whole run does. */
  public async remove(): Promise<void> {
    await releaseVolumes(this.name);
    await new Kubectl().run(['delete', 'namespace', this.name, '--wait=false', '--ignore-not-found']);
  }

  /** Deletes the namespace as a user does. Its retained volumes stay. */
  public async deleteAndWait(): Promise<void> {
    await new Kubectl().run(['delete', 'namespace', this.name], { timeout: Duration.minutes(3) });
  }

  /** Makes it anew, empty. */
  public async recreate(): Promise<void> {
    await new Kubectl().apply(JSON.stringify(manifest(this.name, 'restricted', SETTINGS.runId)));
  }
}

/** The object of a test's namespace, which belongs to a run. */
export function manifest(name: string, podSecurity: 'restricted' | 'privileged', run: string): object {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name,
      labels: {
        [TEST_LABEL]: run,
        'pod-security.kubernetes.io/enforce': podSecurity,
        'pod-security.kubernetes.io/enforce-version': 'latest',
      },
    },
  };
}

/**
 * Deletes what this run has made: namespaces, and the volumes that outlive them.
 * Where the cluster is this run's alone, also what others have left in it.
 */
export async function removeAll(): Promise<void> {
  const cluster = new Kubectl();
  for (const name of await testNamespaces()) {
    await releaseVolumes(name);
    await cluster.run(['delete', 'namespace', name, '--wait=false', '--ignore-not-found']);
  }
  await eventually('the end of the namespaces of the tests', { within: Duration.minutes(3) }, async () =>
    (await testNamespaces()).length === 0 ? true : undefined);
}

async function testNamespaces(): Promise<string[]> {
  const names = await new Kubectl().run(['get', 'namespaces', '--selector', SETTINGS.alone ? TEST_LABEL : `${TEST_LABEL}=${SETTINGS.runId}`, '--output', 'name']);
  return names.split('\n').filter(line => line !== '').map(line => line.replace('namespace/', ''));
}

/** From now on the volumes of the namespace's claims go with their claims, or at once where those are gone. */
async function releaseVolumes(namespace: string): Promise<void> {
  const cluster = new Kubectl();
  const volumes = await cluster.json<VolumeList>(['get', 'persistentvolumes']);
  for (const volume of volumes.items.filter(item => item.spec.claimRef?.namespace === namespace)) {
    await cluster.try(['patch', 'persistentvolume', volume.metadata.name, '--patch', '{"spec":{"persistentVolumeReclaimPolicy":"Delete"}}']);
  }
}
