export { DatabaseProps } from './database-props';
export * from './member-props';
export * from './single-instance';
