import { Duration } from 'cdk8s';
import { eventually } from './eventually';
import { Kubectl } from './kubectl';

/** What the tests read of a pod. */
export interface Pod {
  readonly metadata: { readonly name: string; readonly uid: string; readonly deletionTimestamp?: string };
  readonly spec: { readonly nodeName: string };
  readonly status: {
    readonly phase: string;
    readonly conditions?: { type: string; status: string }[];
    readonly containerStatuses?: ContainerStatus[];
    readonly initContainerStatuses?: ContainerStatus[];
  };
}

export interface ContainerStatus {
  readonly name: string;
  readonly restartCount: number;
  /** Whether the startup probe has succeeded, so that the liveness probe rules. */
  readonly started?: boolean;
  readonly containerID?: string;
  readonly image: string;
  readonly imageID: string;
  readonly state: { readonly terminated?: Termination; readonly running?: object; readonly waiting?: { reason: string } };
  readonly lastState: { readonly terminated?: Termination };
}

export interface Termination {
  readonly exitCode: number;
  readonly signal?: number;
  readonly reason: string;
  readonly startedAt: string;
  readonly finishedAt: string;
}

/** A pod that was seen; what follows it is another pod, or the same one with more restarts. */
export interface Sighting {
  readonly uid: string;
  readonly restarts: number;
}

export async function sight(kubectl: Kubectl, name: string, container: string): Promise<Sighting> {
  const pod = await kubectl.json<Pod>(['get', 'pod', name]);
  return { uid: pod.metadata.uid, restarts: containerStatus(pod, container).restartCount };
}

/** Waits until the pod is ready after what was seen before: replaced, or restarted. */
export function untilReadyAgain(kubectl: Kubectl, name: string, container: string, before: Sighting, within: Duration): Promise<Pod> {
  return eventually(`${name} ready again`, { within, every: Duration.millis(200) }, async () => {
    const pod = await kubectl.json<Pod>(['get', 'pod', name]);
    const replaced = pod.metadata.uid !== before.uid || containerStatus(pod, container).restartCount > before.restarts;
    return replaced && isReady(pod) ? pod : undefined;
  });
}

export function untilReady(kubectl: Kubectl, name: string, within: Duration): Promise<Pod> {
  return eventually(`${name} ready`, { within }, async () => {
    const pod = await kubectl.json<Pod>(['get', 'pod', name]);
    return isReady(pod) ? pod : undefined;
  });
}

export function isReady(pod: Pod): boolean {
  return pod.metadata.deletionTimestamp === undefined
    && (pod.status.conditions ?? []).some(({ type, status }) => type === 'Ready' && status === 'True');
}

/** The status of a container, be it of the pod's main ones or one that was started before them. */
export function containerStatus(pod: Pod, container: string): ContainerStatus {
  const all = [...pod.status.containerStatuses ?? [], ...pod.status.initContainerStatuses ?? []];
  const status = all.find(({ name }) => name === container);
  if (status === undefined) { throw new Error(`${pod.metadata.name} has no status of a container ${container}`); }
  return status;
}

/** Runs something and says how many seconds it took. */
export async function stopwatch(body: () => Promise<unknown>): Promise<number> {
  const start = Date.now();
  await body();
  return (Date.now() - start) / 1000;
}
