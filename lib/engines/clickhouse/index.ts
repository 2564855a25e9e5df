export { ClickHouse } from './clickhouse';
export { ClickHouseOptions } from './options';
