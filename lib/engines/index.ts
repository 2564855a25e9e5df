export * from './postgres';
export * from './valkey';
