import { proveFailures } from './failures';
import { VALKEY } from './profiles/key-value';

proveFailures(VALKEY);
