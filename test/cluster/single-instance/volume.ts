import { Duration } from 'cdk8s';
import { eventually } from '../harness/eventually';
import { Kubectl } from '../harness/kubectl';
import { CLAIM, POD, SERVER } from './fixture';

interface Claim {
  readonly status: { readonly capacity?: { storage: string }; readonly conditions?: { type: string; status: string }[] };
}

/** How far a growing volume has come: as large as asked for, or waiting for its pod to be started again. */
export type Growth = 'grown' | 'restart needed';

/** Waits until the volume has the size, or until its file system has waited longer than that for the next start of the pod. */
export async function untilGrown(kubectl: Kubectl, size: string, patience: Duration): Promise<Growth> {
  const start = Date.now();
  return eventually(`${CLAIM} with ${size}`, { within: Duration.minutes(4), every: Duration.seconds(1) }, async () => {
    const { status } = await kubectl.json<Claim>(['get', 'persistentvolumeclaim', CLAIM]);
    if (status.capacity?.storage === size) { return 'grown'; }
    const pending = status.conditions?.some(({ type, status: value }) => type === 'FileSystemResizePending' && value === 'True');
    return pending && Date.now() - start > patience.toMilliseconds() ? 'restart needed' : undefined;
  });
}

/** The size of the file system of the data, in MiB. */
export async function fileSystemSize(kubectl: Kubectl): Promise<number> {
  const printed = await kubectl.exec(POD, SERVER, ['df', '--block-size=1M', '--output=size', '/var/lib/postgresql']);
  return Number(printed.split('\n')[1]);
}
