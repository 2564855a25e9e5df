export { ValkeyOptions, ValkeyUser } from './options';
export { Valkey } from './valkey';
