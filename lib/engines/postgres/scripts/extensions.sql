-- Run in each database that declares extensions. The superuser must not meet a look-alike function of the database's
-- owner: search_path is pg_catalog, and public is only where the extension goes, while it is made.
\set ON_ERROR_STOP off
SELECT step
FROM jsonb_array_elements(
  convert_from(pg_read_binary_file(current_setting('stateful.databases')), 'UTF8')::jsonb->'databases'
) AS entry,
  jsonb_array_elements_text(entry->'extensions') AS extension,
  unnest(ARRAY[
    'SET search_path = public',
    format('CREATE EXTENSION IF NOT EXISTS %I CASCADE', extension),
    'SET search_path = pg_catalog'
  ]) AS step
WHERE entry->>'name' = current_database() AND NOT EXISTS (SELECT FROM pg_extension WHERE extname = extension)
\gexec
\set ON_ERROR_STOP on

DO $report$
DECLARE
  missing text;
BEGIN
  SELECT string_agg(quote_ident(extension), ', ') INTO missing
  FROM jsonb_array_elements(
    convert_from(pg_read_binary_file(current_setting('stateful.databases')), 'UTF8')::jsonb->'databases'
  ) AS entry,
    jsonb_array_elements_text(entry->'extensions') AS extension
  WHERE entry->>'name' = current_database() AND NOT EXISTS (SELECT FROM pg_extension WHERE extname = extension);
  IF missing IS NOT NULL THEN
    RAISE EXCEPTION 'extensions not created: %; is each of them in the image?', missing;
  END IF;
END
$report$;
