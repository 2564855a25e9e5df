-- CREATE DATABASE runs in no block. It makes the database closed (no connections, limit 0), and the block below opens it
-- in the transaction that takes CONNECT from PUBLIC: an interruption never leaves a database that is open to everybody.
\set ON_ERROR_STOP off
SELECT format('CREATE DATABASE %I OWNER %I ALLOW_CONNECTIONS false CONNECTION LIMIT 0', entry->>'name', entry->>'owner')
FROM jsonb_array_elements(
  convert_from(pg_read_binary_file(current_setting('stateful.databases')), 'UTF8')::jsonb->'databases'
) AS entry
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = entry->>'name')
\gexec
\set ON_ERROR_STOP on

DO $databases$
DECLARE
  declared CONSTANT jsonb := convert_from(pg_read_binary_file(current_setting('stateful.databases')), 'UTF8');
  entry jsonb;
  found record;
  visitor text;
  failures text[] := '{}';
BEGIN
  FOR entry IN SELECT value FROM jsonb_array_elements(declared->'databases') LOOP
    BEGIN
      SELECT datallowconn, datconnlimit, pg_get_userbyid(datdba) AS owner INTO found
      FROM pg_database WHERE datname = entry->>'name';
      IF found IS NULL THEN
        RAISE EXCEPTION 'not created, see the error of CREATE DATABASE';
      END IF;
      IF NOT found.datallowconn AND found.datconnlimit = 0 THEN
        EXECUTE format('REVOKE CONNECT ON DATABASE %I FROM PUBLIC', entry->>'name');
        EXECUTE format('ALTER DATABASE %I ALLOW_CONNECTIONS true CONNECTION LIMIT -1', entry->>'name');
        RAISE NOTICE 'database % created', quote_ident(entry->>'name');
      END IF;
      IF found.owner <> entry->>'owner' THEN
        EXECUTE format('ALTER DATABASE %I OWNER TO %I', entry->>'name', entry->>'owner');
        RAISE NOTICE 'database % given to %', quote_ident(entry->>'name'), quote_ident(entry->>'owner');
      END IF;
      FOR visitor IN SELECT jsonb_array_elements_text(coalesce(entry->'connect', '[]')) LOOP
        IF NOT has_database_privilege(visitor, entry->>'name', 'CONNECT') THEN
          EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', entry->>'name', visitor);
          RAISE NOTICE 'role % may connect to database %', quote_ident(visitor), quote_ident(entry->>'name');
        END IF;
      END LOOP;
    EXCEPTION WHEN OTHERS OR query_canceled THEN
      failures := failures || format('database %I: %s', entry->>'name', SQLERRM);
    END;
  END LOOP;
  PERFORM set_config('stateful.failures', array_to_string(failures, '; '), false);
END
$databases$;

DO $report$
BEGIN
  IF current_setting('stateful.failures') <> '' THEN
    RAISE EXCEPTION '%', current_setting('stateful.failures');
  END IF;
END
$report$;
