import { Duration } from 'cdk8s';
import { eventually } from '../harness/eventually';
import type { Kubectl } from '../harness/kubectl';

/** How a Job ended. */
export interface JobEnd {
  readonly succeeded: boolean;
  /** The last lines of the container that failed, or of the last one: the kubelet keeps them as its message. */
  readonly message: string;
  /** All that its containers said. */
  readonly log: string;
  readonly seconds: number;
}

interface JobStatus {
  readonly status: { readonly conditions?: { readonly type: string; readonly status: string; readonly reason?: string; readonly message?: string }[] };
}

interface PodList {
  readonly items: {
    readonly metadata: { readonly name: string };
    readonly status: { readonly message?: string; readonly reason?: string; readonly initContainerStatuses?: Status[]; readonly containerStatuses?: Status[] };
  }[];
}

interface Status {
  readonly name: string;
  readonly state: { readonly terminated?: { readonly exitCode: number; readonly message?: string } };
}

/** Begins a run of a CronJob now, as a user does. */
export async function begin(kubectl: Kubectl, cronJob: string, name: string): Promise<void> {
  await kubectl.run(['create', 'job', name, `--from=cronjob/${cronJob}`]);
}

/** What of a Job a test may change. */
export interface JobSpec {
  activeDeadlineSeconds: number;
  readonly template: { readonly spec: { readonly volumes: { name: string }[]; readonly initContainers: { name: string }[]; readonly containers: { command?: string[] }[] } };
}

/** The same, with something changed in the run alone. */
export async function beginChanged(kubectl: Kubectl, cronJob: string, name: string, change: (job: JobSpec) => void): Promise<void> {
  const { spec } = await kubectl.json<{ spec: { jobTemplate: { spec: JobSpec } } }>(['get', 'cronjob', cronJob]);
  change(spec.jobTemplate.spec);
  await kubectl.apply(JSON.stringify({ apiVersion: 'batch/v1', kind: 'Job', metadata: { name }, spec: spec.jobTemplate.spec }));
}

/** The dump and the upload begin a little later, so that their containers are there before. */
export function waitsBefore({ template }: JobSpec): void {
  const dump = template.spec.initContainers.find(({ name }) => name === 'dump') as { command?: string[] };
  for (const each of [dump, ...template.spec.containers]) { each.command = ['sh', '-c', `sleep 15; exec ${each.command?.join(' ') ?? ''}`]; }
}

/** Waits for the end of a Job, whichever it is. */
export async function end(kubectl: Kubectl, name: string, within: Duration = Duration.minutes(5)): Promise<JobEnd> {
  const start = Date.now();
  const condition = await eventually(`the end of the Job ${name}`, { within, every: Duration.millis(500) }, async () => {
    const { conditions = [] } = (await kubectl.json<JobStatus>(['get', 'job', name])).status;
    return conditions.find(({ type, status }) => status === 'True' && (type === 'Complete' || type === 'Failed'));
  });
  const seconds = (Date.now() - start) / 1000;
  const { items } = await kubectl.json<PodList>(['get', 'pods', '--selector', `job-name=${name}`]);
  const statuses = items.flatMap(({ status }) => [...status.initContainerStatuses ?? [], ...status.containerStatuses ?? []]);
  const failure = statuses.find(({ state }) => (state.terminated?.exitCode ?? 0) !== 0)?.state.terminated?.message;
  const eviction = items.map(({ status }) => status.message ?? '').join(' ');
  const logs = await Promise.all(items.map(({ metadata }) => kubectl.try(['logs', metadata.name, '--all-containers', '--prefix'])));
  return {
    succeeded: condition.type === 'Complete', seconds,
    message: [failure ?? '', eviction, condition.message ?? ''].join(' ').trim(),
    log: logs.map(({ stdout }) => stdout).join('\n'),
  };
}

/** Throws with all that was said if a run failed. */
export function succeeded(run: JobEnd): JobEnd {
  if (!run.succeeded) { throw new Error(`a run that should be good failed: ${run.message}\n${run.log}`); }
  return run;
}

/** A run of a CronJob from its beginning to its end. */
export async function play(kubectl: Kubectl, cronJob: string, name: string, within?: Duration): Promise<JobEnd> {
  await begin(kubectl, cronJob, name);
  return end(kubectl, name, within);
}
