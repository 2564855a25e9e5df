import { Postgres } from 'cdk8s-stateful';
import { imageOf } from '../../engines/profile';
import type { DrillProfile } from '../drill';
import type { FailureProfile } from '../failures';

const psql = (sql: string): string[] => ['bash', '-c', `psql -X -q -tA -v ON_ERROR_STOP=1 -U postgres -d app -v amount="\${1:-0}" <<< "$0"`, sql];

export const POSTGRES: FailureProfile & DrillProfile = {
  engine: Postgres.v17(),
  image: imageOf('postgres', 'docker.io/library/postgres:17'),
  version: ['postgres', '--version'],
  fill: psql(`SET ROLE app;
    CREATE TABLE orders (id bigint PRIMARY KEY, note text NOT NULL, at timestamptz NOT NULL DEFAULT now());
    CREATE TABLE "it's ""odd""" (a int, b bytea);
    CREATE INDEX ON orders (at);
    INSERT INTO orders SELECT n, md5(n::text) FROM generate_series(1, 5000) AS n;
    INSERT INTO "it's ""odd""" SELECT n, decode(md5(n::text), 'hex') FROM generate_series(1, 100) AS n;`),
  grow: psql(`INSERT INTO orders SELECT n, string_agg(encode(sha512(convert_to(n::text || m::text, 'UTF8')), 'hex'), '') FROM generate_series(10001, 10000 + :amount * 100) AS n, generate_series(1, 75) AS m GROUP BY n;`),
  large: { amount: '1100', amountIs: '1 GB in PostgreSQL' },
  small: { amount: '150', amountIs: '150 MB in PostgreSQL' },
  fingerprint: psql(`SELECT 'orders', count(*), md5(string_agg(md5(o::text), '' ORDER BY id)) FROM orders AS o;
    SELECT 'odd', count(*), md5(string_agg(md5(o::text), '' ORDER BY a)) FROM "it's ""odd""" AS o;
    SELECT tablename, tableowner FROM pg_tables WHERE schemaname = 'public' ORDER BY 1;
    SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1;
    SELECT count(*) FROM pg_database;`),
  empty: psql(`DROP TABLE orders, "it's ""odd""";`),
  process: 'postgres',
  dumpProcess: 'pg_dump',
  forbid: psql('CREATE TABLE hidden (a int);'),
  allow: psql('DROP TABLE hidden;'),
  trueOfFilled: 'SELECT count(*) = 5000 FROM orders',
  falseOfFilled: 'SELECT count(*) > 5000 FROM orders',
  enough: '150',
  otherImage: imageOf('postgres18', 'docker.io/library/postgres:18'),
};
