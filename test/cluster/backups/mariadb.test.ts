import { MARIADB } from './profiles/sql';
import { proveBackup } from './suite';

proveBackup(MARIADB);
