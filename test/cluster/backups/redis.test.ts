import { REDIS } from './profiles/key-value';
import { proveBackup } from './suite';

proveBackup(REDIS);
