import { Duration } from 'cdk8s';
import { eventually } from '../harness/eventually';
import { Kubectl } from '../harness/kubectl';
import { SETTINGS } from '../harness/settings';

const GROUP = 'snapshot.storage.k8s.io';

/** What the tests read of a VolumeSnapshotContent. */
export interface Content {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly deletionPolicy: string; readonly driver: string; readonly volumeSnapshotRef: { readonly namespace: string } };
  readonly status?: { readonly snapshotHandle?: string; readonly readyToUse?: boolean };
}

/** A class whose snapshots stay in the storage system, of the driver of the tests' volumes. */
export async function createRetainingClass(name: string): Promise<void> {
  const driver = await new Kubectl().run(['get', 'storageclass', SETTINGS.storageClass, '--output', 'jsonpath={.provisioner}']);
  await new Kubectl().apply(JSON.stringify({ apiVersion: `${GROUP}/v1`, kind: 'VolumeSnapshotClass', metadata: { name }, driver, deletionPolicy: 'Retain' }));
}

/** Takes the snapshot of a claim, as the README says, and waits until it can be used. */
export async function takeSnapshot(kubectl: Kubectl, name: string, claim: string, snapshotClass: string): Promise<void> {
  const spec = { volumeSnapshotClassName: snapshotClass, source: { persistentVolumeClaimName: claim } };
  await kubectl.apply(JSON.stringify({ apiVersion: `${GROUP}/v1`, kind: 'VolumeSnapshot', metadata: { name }, spec }));
  await eventually(`the snapshot ${name}`, { within: Duration.minutes(4) }, async () =>
    (await kubectl.run(['get', 'volumesnapshot', name, '--output', 'jsonpath={.status.readyToUse}'])) === 'true' || undefined);
}

/** What the cluster knows of a snapshot of the namespace. */
export async function contentOf(kubectl: Kubectl, snapshot: string): Promise<Content> {
  const name = await kubectl.run(['get', 'volumesnapshot', snapshot, '--output', 'jsonpath={.status.boundVolumeSnapshotContentName}']);
  return new Kubectl().json<Content>(['get', 'volumesnapshotcontent', name]);
}

/** Removes the class and what the snapshots of some namespaces have left, in the storage system as well. */
export async function removeSnapshots(snapshotClass: string, namespaces: string[]): Promise<void> {
  const cluster = new Kubectl();
  const { items } = await cluster.json<{ items: Content[] }>(['get', 'volumesnapshotcontents']);
  for (const { metadata: { name } } of items.filter(({ spec }) => namespaces.includes(spec.volumeSnapshotRef.namespace))) {
    await cluster.try(['patch', 'volumesnapshotcontent', name, '--type', 'merge', '--patch', '{"spec":{"deletionPolicy":"Delete"}}']);
    await cluster.try(['delete', 'volumesnapshotcontent', name, '--wait=false', '--ignore-not-found']);
  }
  for (const namespace of namespaces) { await cluster.in(namespace).try(['delete', 'volumesnapshots', '--all', '--wait=false']); }
  await cluster.try(['delete', 'volumesnapshotclass', snapshotClass, '--ignore-not-found']);
}
