-- Roles and their attributes, then passwords. Each role on its own: one that fails does not hold up the others.
DO $roles$
DECLARE
  declared CONSTANT jsonb := convert_from(pg_read_binary_file(current_setting('stateful.databases')), 'UTF8');
  entry jsonb;
  who text;
  place text;
  raw bytea;
  word text;
  failures text[] := '{}';
BEGIN
  FOR entry IN SELECT value FROM jsonb_array_elements(declared->'roles') LOOP
    who := entry->>'name';
    place := entry->>'passwordFile';
    BEGIN
      IF EXISTS (SELECT FROM pg_authid WHERE rolname = who AND (oid = 10 OR rolname = current_user)) THEN
        RAISE EXCEPTION 'this is the superuser of the server, which is not managed here';
      END IF;
      IF NOT EXISTS (SELECT FROM pg_authid WHERE rolname = who) THEN
        EXECUTE format('CREATE ROLE %I NOLOGIN', who);
        RAISE NOTICE 'role % created', quote_ident(who);
      END IF;
      EXECUTE format('ALTER ROLE %I NOSUPERUSER NOBYPASSRLS NOREPLICATION %s %s %s CONNECTION LIMIT %s', who,
        CASE WHEN (entry->>'login')::boolean THEN 'LOGIN' ELSE 'NOLOGIN' END,
        CASE WHEN (entry->>'createDatabase')::boolean THEN 'CREATEDB' ELSE 'NOCREATEDB' END,
        CASE WHEN (entry->>'createRole')::boolean THEN 'CREATEROLE' ELSE 'NOCREATEROLE' END,
        coalesce((entry->>'connectionLimit')::integer, -1));
      IF place IS NOT NULL THEN
        IF NOT starts_with(place, current_setting('stateful.credentials') || '/') THEN
          RAISE EXCEPTION '% is not below %', place, current_setting('stateful.credentials');
        END IF;
        raw := pg_read_binary_file(place);
        IF length(raw) > 0 AND get_byte(raw, length(raw) - 1) = 10 THEN
          raw := substr(raw, 1, length(raw) - 1);
        END IF;
        IF length(raw) = 0 THEN
          RAISE EXCEPTION '% is empty', place;
        END IF;
        IF position('\x00'::bytea IN raw) > 0 OR position('\x0a'::bytea IN raw) > 0
          OR position('\x0d'::bytea IN raw) > 0 THEN
          RAISE EXCEPTION '% holds a zero byte or a line break', place;
        END IF;
        BEGIN
          word := convert_from(raw, 'UTF8');
        EXCEPTION WHEN OTHERS THEN
          RAISE EXCEPTION '% is not UTF-8 text', place;
        END;
        -- The server would store it as it is, and nobody could log in with the contents of the file.
        IF word ~ '^(m[d]5[0-9a-f]{32}$|SCRAM-SHA-256\$)' THEN
          RAISE EXCEPTION '% holds a hash instead of a password', place;
        END IF;
        BEGIN
          EXECUTE format('ALTER ROLE %I PASSWORD %L', who, word);
        EXCEPTION WHEN OTHERS OR query_canceled THEN
          -- Raised anew: the original error carries the statement. A message that quotes the password is left out.
          RAISE EXCEPTION 'the password in % was not accepted (%)', place,
            CASE WHEN position(word IN SQLERRM) > 0 THEN SQLSTATE ELSE SQLERRM END;
        END;
        RAISE NOTICE 'password of role % set from %', quote_ident(who), place;
      END IF;
    EXCEPTION WHEN OTHERS OR query_canceled THEN
      failures := failures || format('role %I: %s', who, SQLERRM);
    END;
  END LOOP;
  PERFORM set_config('stateful.failures', array_to_string(failures, '; '), false);
END
$roles$;

-- On its own, because an error in the block above would take back the roles that succeeded.
DO $report$
BEGIN
  IF current_setting('stateful.failures') <> '' THEN
    RAISE EXCEPTION '%', current_setting('stateful.failures');
  END IF;
END
$report$;
