import type { Duration } from 'cdk8s';
import type { CronJob, Job, JobSpec } from '../../imports/kubernetes/batch-v1';
import type { PodTemplateSpec } from '../../imports/kubernetes/core-v1';
import { jobNames } from '../core/names';
import type { When } from '../core/schedule';
import type { StringMap } from '../core/strings';

/** What a Job needs to know beside its pod. */
export interface JobParts {
  readonly name: string;
  readonly labels: StringMap;
  readonly retries: number;
  readonly timeout: Duration;
}

/** A Job that ends, one way or the other, and is not begun a second time while it runs. */
export function cronJob(parts: JobParts, template: PodTemplateSpec, when: When): CronJob {
  const { labels } = parts;
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: jobNames(parts.name).job, labels },
    spec: {
      concurrencyPolicy: 'Forbid',
      failedJobsHistoryLimit: 3,
      jobTemplate: { metadata: { labels }, spec: jobSpec(parts, template) },
      schedule: when.schedule,
      startingDeadlineSeconds: when.startingDeadline.toSeconds(),
      successfulJobsHistoryLimit: 3,
      suspend: when.suspend,
      timeZone: when.timeZone,
    },
  };
}

/** The same once. Not removed when it is done: a GitOps tool would begin it again. */
export function job(parts: JobParts, template: PodTemplateSpec): Job {
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: jobNames(parts.name).job, labels: parts.labels },
    spec: jobSpec(parts, template),
  };
}

function jobSpec({ retries, timeout }: JobParts, template: PodTemplateSpec): JobSpec {
  return { activeDeadlineSeconds: timeout.toSeconds(), backoffLimit: retries, completions: 1, parallelism: 1, template };
}
