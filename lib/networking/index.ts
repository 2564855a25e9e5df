export { Exposure, LoadBalancerOptions } from './exposure';
export { NetworkProps } from './props';
