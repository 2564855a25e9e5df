import { proveFailures } from './failures';
import { POSTGRES } from './profiles/postgres';

proveFailures(POSTGRES);
