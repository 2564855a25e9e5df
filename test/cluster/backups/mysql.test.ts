import { MYSQL } from './profiles/sql';
import { proveBackup } from './suite';

proveBackup(MYSQL);
