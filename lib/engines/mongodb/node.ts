import { NodeComparison, NodeRequirement } from '../../core/node-requirement';

/** The kernel's own default of `vm.max_map_count`. */
const KERNEL_MAPS = 65_530;

/**
 * What the server's manual asks of its node. None of it is needed to start or to keep data, so the log warns and the server runs.
 *
 * Of memory maps the server itself wants two for every connection that it may have (its warning 5123300). The figures in circulation,
 * 838860 and more, are for a server that was given no number of connections.
 *
 * @see https://www.mongodb.com/docs/manual/administration/production-notes/
 * @see https://www.mongodb.com/docs/manual/administration/tcmalloc-performance/
 */
export function nodeRequirements(major: number, connections: number): NodeRequirement[] {
  const pages = major >= 8
    ? NodeRequirement.transparentHugePages('always', { reason: 'or the memory allocator of MongoDB 8 is slower than it could be' })
    : NodeRequirement.transparentHugePages('never', { reason: 'or MongoDB 7 takes more memory than it uses, and stalls' });
  return [
    pages,
    NodeRequirement.sysctl('vm.max_map_count', NodeComparison.AT_LEAST, Math.max(KERNEL_MAPS, 2 * connections), { reason: 'or the server runs out of memory maps with many connections' }),
    NodeRequirement.sysctl('vm.swappiness', NodeComparison.AT_MOST, 1, { reason: 'or its cache is swapped out, where the node has swap' }),
    NodeRequirement.openFiles(64_000, { reason: 'or many collections, indexes and connections end it' }),
    NodeRequirement.fileSystem('xfs', { reason: 'on others a checkpoint can stall all writes' }),
  ];
}
