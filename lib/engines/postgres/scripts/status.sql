-- One row: in recovery, what roles and databases are made from, the certificate. Hashed here, so that no content leaves
-- the server; the start time is in each hash, so a restarted server is seen as changed and no hash can be looked up.
WITH declared AS (
  SELECT raw, convert_from(raw, 'UTF8')::jsonb AS doc
  FROM pg_read_binary_file(current_setting('stateful.databases')) AS raw
), inputs AS (
  SELECT encode(sha256(raw), 'hex') || coalesce(string_agg(
    coalesce(encode(sha256(pg_read_binary_file(place, 0, 65536, true)), 'hex'), 'missing'), ',' ORDER BY place), '') AS seen
  FROM declared
  LEFT JOIN LATERAL (SELECT value->>'passwordFile' AS place FROM jsonb_array_elements(doc->'roles')) AS role
    ON starts_with(place, current_setting('stateful.credentials') || '/')
  GROUP BY raw
), tls AS (
  SELECT encode(sha256(
    pg_read_binary_file(folder || '/tls.crt', 0, 1048576, true)
    || pg_read_binary_file(folder || '/tls.key', 0, 1048576, true)), 'hex') AS seen
  FROM current_setting('stateful.tls') AS folder
  WHERE folder <> ''
)
SELECT pg_is_in_recovery(),
  encode(sha256(convert_to(concat(pg_postmaster_start_time(), inputs.seen), 'UTF8')), 'hex'),
  CASE WHEN tls.seen <> '' THEN encode(sha256(convert_to(concat(pg_postmaster_start_time(), tls.seen), 'UTF8')), 'hex') END
FROM inputs LEFT JOIN tls ON true;
