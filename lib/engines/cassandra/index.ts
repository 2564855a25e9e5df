export { Cassandra } from './cassandra';
export { CassandraOptions } from './options';
