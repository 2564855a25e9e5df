export * from './clickhouse';
export * from './postgres';
export * from './timescaledb';
