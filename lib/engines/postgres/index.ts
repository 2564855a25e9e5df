export { AccessMatch, AccessRule } from './access-rule';
export { Collation } from './collation';
export { PostgresDatabase, PostgresOptions, PostgresRole } from './options';
export { Postgres } from './postgres';
