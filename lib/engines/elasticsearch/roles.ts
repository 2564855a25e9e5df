/**
 * The application's role: all that belongs to indexes, and nothing of users, roles, snapshots or the cluster's settings.
 *
 * `*` does not include the server's own restricted indexes.
 *
 * @see https://www.elastic.co/docs/reference/elasticsearch/security-privileges
 */
export const ROLES = `app:
  cluster: [manage_ilm, manage_index_templates, manage_ingest_pipelines, monitor]
  indices:
    - names: ["*"]
      privileges: [all]
`;
