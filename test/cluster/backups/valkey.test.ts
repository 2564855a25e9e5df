import { VALKEY } from './profiles/key-value';
import { proveBackup } from './suite';

proveBackup(VALKEY);
