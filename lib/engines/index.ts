export * from './clickhouse';
export * from './elasticsearch';
export * from './kafka';
export * from './nats';
export * from './opensearch';
export * from './postgres';
export * from './timescaledb';
