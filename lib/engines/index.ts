export * from './mongodb';
export * from './postgres';
