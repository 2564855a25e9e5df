export { Credentials, ISecretReference } from './credentials';
export { Tls, TlsOptions } from './tls';
