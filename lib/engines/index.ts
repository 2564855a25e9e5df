export * from './keydb';
export * from './postgres';
export * from './redis';
export * from './valkey';
