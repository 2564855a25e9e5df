export { OpenSearch } from './opensearch';
export { OpenSearchOptions } from './options';
export { NoAuthenticationConsent, OpenSearchSecurity } from './security';
