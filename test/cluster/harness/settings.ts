import { randomBytes } from 'crypto';

/** What the environment decides about a run. */
export const SETTINGS = {
  /** The server's image, on every node before the first suite starts. */
  image: process.env.TEST_POSTGRES_IMAGE ?? 'docker.io/library/postgres:17',
  /** A class that keeps its volumes. */
  storageClass: process.env.TEST_STORAGE_CLASS ?? 'standard-retain',
  /** Has a shell; for the node agent. */
  toolImage: process.env.TEST_TOOL_IMAGE ?? 'docker.io/library/busybox:1.36',
  /** Stops, starts and cuts off nodes: `node stop NAME`, `node start NAME`, `partition NAME`, `heal NAME`. */
  clusterTool: process.env.CLUSTER_TOOL,
  /** "full", or the most rounds that a suite plays. */
  rounds: process.env.PROOF_ROUNDS ?? '2',
  /** Whether a proof that could not be run is a failure. */
  ci: process.env.CI === 'true',
  /** Tells the runs apart that use the cluster at the same time; random, unless it is set. */
  runId: process.env.RUN_ID ?? 'unknown',
  /** Whether the cluster is this run's alone, so that what other runs have left, and the node agent, are removed, too. */
  alone: process.env.CI === 'true' || process.env.CLEAN === 'true',
} as const;

/** On every namespace of the tests, with the run it belongs to, so that a later run finds what an aborted one left. */
export const TEST_LABEL = 'cdk8s-stateful.test/run';

/** A password that is found nowhere else, free of characters that would need quoting. */
export function newPassword(): string {
  return `canary-${randomBytes(12).toString('hex')}`;
}
