import { Redis } from '../../lib';
import { Refused, refused } from './database';

/** The refusals of Redis that are not Valkey's. */
export const REFUSED: readonly Refused[] = [
  refused({ engine: Redis.of('7.4') }, 'engine: got Redis.of("7.4"), want 7.2, 8, or a patch release of them, such as "8.10.2"'),
  refused({ engine: Redis.v8({ users: [] }), settings: { port: '1' } },
    'engine.users: got [], want at least one user', 'settings.port: got "1", want nothing: the library owns it; it is 6379'),
];
