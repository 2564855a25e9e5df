export { TimescaleDb } from './timescaledb';
