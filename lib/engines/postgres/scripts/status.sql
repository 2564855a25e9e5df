-- One row: in recovery, what roles and databases are made from, the files that take effect when they
-- are read again. Hashed here, so that no content leaves
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
), live AS (
  SELECT place, pg_read_binary_file(place, 0, 1048576, true) AS content
  FROM (
    SELECT current_setting('stateful.tls') || '/' || file FROM unnest(ARRAY['tls.crt', 'tls.key']) AS file
    WHERE current_setting('stateful.tls') <> ''
    UNION ALL
    SELECT regexp_replace(current_setting('stateful.databases'), '[^/]*$', 'storage.conf')
  ) AS files (place)
), files AS (
  -- While one of them is missing, as in the middle of a change, there is nothing to be read again.
  SELECT CASE WHEN bool_and(content IS NOT NULL)
    THEN encode(sha256(string_agg(content, '\x00'::bytea ORDER BY place)), 'hex') END AS seen
  FROM live
)
SELECT pg_is_in_recovery(),
  encode(sha256(convert_to(concat(pg_postmaster_start_time(), inputs.seen), 'UTF8')), 'hex'),
  CASE WHEN files.seen IS NOT NULL
    THEN encode(sha256(convert_to(concat(pg_postmaster_start_time(), files.seen), 'UTF8')), 'hex') END
FROM inputs, files;
