import { proveFailures } from './failures';
import { POSTGRES } from './profiles/postgres';

// Enough that a dump and an upload can be met in the middle.
proveFailures({ ...POSTGRES, amount: '150' });
