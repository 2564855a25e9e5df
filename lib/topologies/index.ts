export { DatabaseProps } from './database-props';
export * from './image-props';
export * from './member-props';
export * from './single-instance';
