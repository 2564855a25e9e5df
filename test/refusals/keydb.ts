import { KeyDb } from '../../lib';
import { Refused, refused } from './database';

/** The refusals of KeyDB that are not Valkey's. */
export const REFUSED: readonly Refused[] = [
  refused({ engine: KeyDb.of('5.3.3') }, 'engine: got KeyDb.of("5.3.3"), want 6, or a patch release of them, such as "6.3.4"'),
  refused({ engine: KeyDb.v6({ users: [] }), settings: { port: '1' } },
    'engine.users: got [], want at least one user', 'settings.port: got "1", want nothing: the library owns it; it is 6379'),
];
