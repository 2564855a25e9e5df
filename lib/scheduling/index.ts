export { NodePool } from './node-pool';
export { SchedulingProps } from './props';
export { Spread } from './spread';
export { TaintEffect, Toleration } from './toleration';
