import { proveFailures } from './failures';
import { VALKEY } from './profiles/key-value';

// Enough that a dump and an upload can be met in the middle.
proveFailures({ ...VALKEY, amount: '1500' });
