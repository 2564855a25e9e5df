export { SingleInstanceDbProps } from './props';
export { SingleInstanceDb } from './single-instance-db';
