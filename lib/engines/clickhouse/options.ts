import { Problem, quote } from '../../core/problems';
import { checkSecretKey } from '../../core/strings';

/** What only ClickHouse has. */
export interface ClickHouseOptions {
  /**
   * The application's database. The server makes it, and never drops it.
   *
   * @default 'app'
   */
  readonly database?: string;
  /**
   * The application's user: everything in its database, temporary tables, and nothing else.
   *
   * @default 'app'
   */
  readonly username?: string;
  /**
   * The key of its password in the credentials Secret.
   *
   * @default 'password'
   */
  readonly passwordKey?: string;
}

/** The options with every default filled in. */
export interface ClickHouseSpec {
  readonly database: string;
  readonly username: string;
  readonly passwordKey: string;
}

/** The user that can do everything, from within the pod only, and whose password is made anew at every start. */
export const ADMIN = 'admin';

/** Fills in the defaults. */
export function resolveOptions(options: ClickHouseOptions): ClickHouseSpec {
  return { database: options.database ?? 'app', username: options.username ?? 'app', passwordKey: options.passwordKey ?? 'password' };
}

/** Refuses names that the server has itself, or that are no names of elements in its files. */
export function checkOptions(spec: ClickHouseSpec): Problem[] {
  return [
    ...checkName('engine.database', spec.database, ['default', 'system', 'information_schema', 'INFORMATION_SCHEMA']),
    ...checkName('engine.username', spec.username, [ADMIN, 'default']),
    ...checkSecretKey('engine.passwordKey', spec.passwordKey),
  ];
}

function checkName(path: string, name: string, taken: string[]): Problem[] {
  if (!/^[A-Za-z_][A-Za-z0-9_]{0,62}$/.test(name)) { return [{ path, got: quote(name), want: 'letters, digits and "_", at most 63, beginning with no digit' }]; }
  return taken.includes(name) ? [{ path, got: quote(name), want: 'a name that the server and the library do not use' }] : [];
}
