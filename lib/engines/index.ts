export * from './clickhouse';
export * from './nats';
export * from './postgres';
export * from './timescaledb';
