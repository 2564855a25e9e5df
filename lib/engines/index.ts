export * from './postgres';
export * from './timescaledb';
