import { proveFailures } from './failures';
import { MARIADB } from './profiles/sql';

proveFailures(MARIADB);
