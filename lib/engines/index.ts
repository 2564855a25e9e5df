export * from './postgres';
export * from './questdb';
