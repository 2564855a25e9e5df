-- Memberships are given and never taken. Membership in a superuser would make the role one.
DO $memberships$
DECLARE
  declared CONSTANT jsonb := convert_from(pg_read_binary_file(current_setting('stateful.databases')), 'UTF8');
  pair record;
  failures text[] := '{}';
BEGIN
  FOR pair IN
    SELECT entry->>'name' AS member, granted
    FROM jsonb_array_elements(declared->'roles') AS entry, jsonb_array_elements_text(entry->'memberOf') AS granted
    WHERE NOT EXISTS (
      SELECT FROM pg_auth_members AS known
      WHERE pg_get_userbyid(known.roleid) = granted AND pg_get_userbyid(known.member) = entry->>'name')
  LOOP
    BEGIN
      IF EXISTS (SELECT FROM pg_authid WHERE rolname = pair.granted AND rolsuper) THEN
        RAISE EXCEPTION 'that is a superuser';
      END IF;
      EXECUTE format('GRANT %I TO %I', pair.granted, pair.member);
      RAISE NOTICE 'role % is now a member of %', quote_ident(pair.member), quote_ident(pair.granted);
    EXCEPTION WHEN OTHERS OR query_canceled THEN
      failures := failures || format('role %I as a member of %I: %s', pair.member, pair.granted, SQLERRM);
    END;
  END LOOP;
  PERFORM set_config('stateful.failures', array_to_string(failures, '; '), false);
END
$memberships$;

DO $report$
BEGIN
  IF current_setting('stateful.failures') <> '' THEN
    RAISE EXCEPTION '%', current_setting('stateful.failures');
  END IF;
END
$report$;
