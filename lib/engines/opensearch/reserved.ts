import { RESERVED } from '../elasticsearch/reserved';

/** Settings of OpenSearch that the library owns, each with what to use instead. */
export const OPENSEARCH_RESERVED: { readonly [name: string]: string } = {
  ...RESERVED,
  'knn.memory.circuit_breaker.limit': 'use `vectorMemory` of the engine',
  'plugins.security.allow_default_init_securityindex': 'it is on where `security` of the engine is',
  'plugins.security.disabled': 'use `security` of the engine',
  'plugins.security.restapi.roles_enabled': 'it is on where `security` of the engine is',
};
