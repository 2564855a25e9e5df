export * from './cassandra';
export * from './postgres';
export * from './questdb';
