-- The databases for which extensions are declared; read separated by zero bytes.
SELECT entry->>'name'
FROM jsonb_array_elements(
  convert_from(pg_read_binary_file(current_setting('stateful.databases')), 'UTF8')::jsonb->'databases'
) AS entry
WHERE jsonb_array_length(coalesce(entry->'extensions', '[]')) > 0;
