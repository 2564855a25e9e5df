import type { ClientPlan } from '../../core/member-plan';
import { Problem, quote } from '../../core/problems';
import { checkSecretKey, StringMap } from '../../core/strings';
import type { ValkeyOptions, ValkeyUser } from './options';

/** A user with every default filled in. */
export interface UserSpec {
  readonly name: string;
  readonly passwordKey: string;
  readonly keys: string[];
  readonly channels: string[];
  readonly commands: string[];
}

/** The local administrator of probes, companion and people in the pod; its password is made at the start of the pod. */
export const ADMIN = 'stateful-admin';

const NAME = /^[\w.-]{1,64}$/;
const COMMAND = /^[+-]@?[a-z0-9][a-z0-9_.|-]*$/i;
const PATTERN = /^[!-~]+$/;

/** Fills in the defaults; the application is the first. */
export function resolveUsers(options: ValkeyOptions, harmless: string[]): UserSpec[] {
  return (options.users ?? [{ name: 'app' }]).map((user, index) => resolveUser(user, index === 0, harmless));
}

/** Who reads the data out, if anybody does: with what a replica asks for, and no key. */
export function resolveBackupUser({ backupUser }: ValkeyOptions): UserSpec[] {
  return backupUser === undefined ? []
    : [{ name: backupUser, passwordKey: `${backupUser}-password`, keys: [], channels: [], commands: ['-@all', '+sync', '+replconf'] }];
}

/** users.list: a line for each user, of its name, the key of its password and its rules, from which the scripts compose the access control list. */
export function usersList(users: UserSpec[]): string {
  return users.map(({ channels, commands, keys, name, passwordKey }) => (
    `${[name, passwordKey, ...keys.map(each => `~${each}`), ...channels.map(each => `&${each}`), ...commands].join(' ')}\n`)).join('');
}

/** The key of each user's password. */
export function passwordKeys(users: UserSpec[]): StringMap {
  return Object.fromEntries(users.map(({ name, passwordKey }) => [name, passwordKey]));
}

/** How the application connects: as the first user. The databases of a server are only numbers. */
export function clientPlan(users: UserSpec[], tlsRequired: boolean): ClientPlan {
  return { scheme: tlsRequired ? 'rediss' : 'redis', database: '', username: users[0]?.name ?? '', passwordKey: users[0]?.passwordKey ?? '' };
}

/** Refuses names, patterns and rules that the access control list cannot hold, and doubles. */
export function checkUsers(users: UserSpec[], backupUsers: UserSpec[]): Problem[] {
  const names = [...users, ...backupUsers].map(({ name }) => name);
  return [
    ...(users.length > 0 ? [] : [{ path: 'engine.users', got: '[]', want: 'at least one user' }]),
    ...users.flatMap((user, index) => checkUser(`engine.users[${index}]`, user)),
    ...backupUsers.flatMap(({ name }) => checkName('engine.backupUser', name)),
    ...names.filter((name, index) => names.indexOf(name) !== index)
      .map(name => ({ path: 'engine.users', got: `${quote(name)} twice`, want: 'each name once' })),
  ];
}

function resolveUser(user: ValkeyUser, isApplication: boolean, harmless: string[]): UserSpec {
  return {
    name: user.name,
    passwordKey: user.passwordKey ?? (isApplication ? 'password' : `${user.name}-password`),
    keys: user.keys ?? ['*'],
    channels: user.channels ?? ['*'],
    commands: user.commands ?? ['+@all', '-@admin', '-@dangerous', ...harmless.map(name => `+${name}`)],
  };
}

function checkUser(path: string, user: UserSpec): Problem[] {
  if (!NAME.test(user.name)) { return checkName(`${path}.name`, user.name); }
  return [
    ...checkName(`${path}.name`, user.name),
    ...checkSecretKey(`${path}.passwordKey`, user.passwordKey),
    ...patterns(`${path}.keys`, user.keys),
    ...patterns(`${path}.channels`, user.channels),
    ...user.commands.flatMap((rule, index) => (COMMAND.test(rule) ? []
      : [{ path: `${path}.commands[${index}]`, got: quote(rule), want: 'a rule such as "+get", "-keys" or "+@read"' }])),
  ];
}

function checkName(path: string, name: string): Problem[] {
  if (!NAME.test(name)) { return [{ path, got: quote(name), want: 'a name of letters, digits, "_", "-" and ".", at most 64' }]; }
  return name === ADMIN || name === 'default' ? [{ path, got: quote(name), want: 'a name that is not the library\'s own',
    remedy: `"default" is who has not logged in, and is off; "${ADMIN}" is local to the pod` }] : [];
}

function patterns(path: string, values: string[]): Problem[] {
  return values.flatMap((value, index) => (PATTERN.test(value) ? []
    : [{ path: `${path}[${index}]`, got: quote(value), want: 'a pattern of printable characters without a space, such as "cart:*"' }]));
}
