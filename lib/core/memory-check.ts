import { Size } from 'cdk8s';
import type { MemberRequest } from './member-request';
import type { Problem } from './problems';
import { bytes, mebibytes } from './quantity';

/** What an engine does with its memory. */
export interface MemoryRules {
  /** The least with which it works. */
  readonly least: Size;
  /** The most for which its derived settings are right. */
  readonly most: Size;
  /** What the server may use in the worst case with these settings, in mebibytes. */
  readonly sum: (request: MemberRequest) => number;
  /** What to change, where the sum is too much. */
  readonly remedy: string;
}

/** Refuses a memory limit that is too small or too large, and settings whose sum exceeds it. */
export function checkMemory(request: MemberRequest, rules: MemoryRules): Problem[] {
  const path = 'resources.memory';
  const got = request.memory.asString();
  if (!(bytes(request.memory) >= bytes(rules.least))) { return [{ path, got, want: `at least ${rules.least.asString()}` }]; }
  if (!(bytes(request.memory) <= bytes(rules.most))) { return [{ path, got, want: `at most ${rules.most.asString()}` }]; }
  if (!(rules.sum(request) > mebibytes(request.memory))) { return []; }
  const enough = leastMemory(request, rules);
  if (enough > mebibytes(rules.most)) {
    return [{ path, got, want: `settings that fit into memory; these may use more than ${rules.most.asString()}`, remedy: rules.remedy }];
  }
  return [{ path, got, want: `at least ${enough}Mi, the sum of what the settings may use`, remedy: rules.remedy }];
}

/** Refuses a number of connections that is no whole number within the bounds. */
export function checkConnections(connections: number | undefined, least: number, most: number): Problem[] {
  if (connections === undefined || (Number.isInteger(connections) && connections >= least && connections <= most)) { return []; }
  return [{ path: 'sizing.connections', got: `${connections}`, want: `a whole number from ${least} to ${most}` }];
}

// More memory means larger caches as well, so that the sum itself could be refused again. A sum that grows as fast as the memory
// is never reached.
function leastMemory(request: MemberRequest, rules: MemoryRules): number {
  let memory = mebibytes(request.memory);
  for (let step = 0; step < 100; step += 1) {
    const sum = Math.ceil(rules.sum({ ...request, memory: Size.mebibytes(memory) }));
    if (sum <= memory) { return memory; }
    memory = sum;
  }
  return Infinity;
}
