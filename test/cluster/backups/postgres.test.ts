import { POSTGRES } from './profiles/postgres';
import { proveBackup } from './suite';

proveBackup(POSTGRES);
