import type { ClientPlan } from '../../core/member-plan';
import { MOUNTS } from '../../core/mounts';
import { Problem, quote } from '../../core/problems';
import { checkLine, checkSecretKey, StringMap } from '../../core/strings';
import type { MongoDbOptions, MongoDbUser } from './options';
import { MongoDbRole } from './role';

/** A user with every default filled in. */
export interface UserSpec {
  readonly name: string;
  readonly database: string;
  readonly passwordKey: string;
  readonly roles: MongoDbRole[];
}

/** The administrator first: until there is one, only the first user can be made. */
export function resolveUsers(options: MongoDbOptions): UserSpec[] {
  const administrator = {
    name: options.administrator ?? 'admin', database: 'admin', passwordKey: 'admin-password', roles: [MongoDbRole.named('root', 'admin')],
  };
  return [administrator, ...(options.users ?? [{ name: 'app' }]).map(resolveUser)];
}

/** declared.json, which the companion applies. */
export function declaredJson(users: UserSpec[], series: string): string {
  const entries = users.map(({ name, database, passwordKey, roles }) => ({
    name, database, passwordFile: `${MOUNTS.credentials}/${passwordKey}`, roles: roles.map(each => ({ role: each.role, db: each.database })),
  }));
  return `${JSON.stringify({ series, users: entries }, undefined, 2)}\n`;
}

/** The key of each user's password. */
export function passwordKeys(users: UserSpec[]): StringMap {
  return Object.fromEntries(users.map(({ name, passwordKey }) => [name, passwordKey]));
}

/** How the application connects: as the first user that was declared. */
export function clientPlan(users: UserSpec[]): ClientPlan {
  const application = users[1];
  return {
    scheme: 'mongodb',
    database: application?.database ?? '',
    username: application?.name ?? '',
    passwordKey: application?.passwordKey ?? '',
  };
}

/** Refuses names that the server would not take, doubles, and an application without a user. */
export function checkUsers(users: UserSpec[]): Problem[] {
  const names = users.map(({ name }) => name);
  return [
    ...checkUserName('engine.administrator', names[0] as string),
    ...(users.length > 1 ? [] : [{ path: 'engine.users', got: '[]', want: 'at least one user' }]),
    ...users.slice(1).flatMap((user, index) => checkUser(`engine.users[${index}]`, user)),
    ...names.filter((name, index) => names.indexOf(name) !== index).map(name => (
      { path: 'engine.users', got: `${quote(name)} twice`, want: 'each name once, and another than the administrator\'s' })),
  ];
}

function resolveUser(user: MongoDbUser, index: number): UserSpec {
  const database = user.database ?? user.name;
  return {
    name: user.name,
    database,
    passwordKey: user.passwordKey ?? (index === 0 ? 'password' : `${user.name}-password`),
    roles: user.roles ?? [MongoDbRole.readWrite(database)],
  };
}

function checkUser(path: string, user: UserSpec): Problem[] {
  return [
    ...checkUserName(`${path}.name`, user.name),
    // They are the server's own: nobody is made in them, though there are roles in them.
    ...(['local', 'config'].includes(user.database) ? [{ path: `${path}.database`, got: quote(user.database), want: 'another database than the server\'s own' }] : []),
    ...checkDatabaseName(`${path}.database`, user.database),
    ...checkSecretKey(`${path}.passwordKey`, user.passwordKey),
    ...user.roles.flatMap((each, at) => [
      ...checkLine(`${path}.roles[${at}].role`, each.role),
      ...(each.database === user.database ? [] : checkDatabaseName(`${path}.roles[${at}].database`, each.database)),
    ]),
  ];
}

// "__system" is the server's own, and has every right there is.
function checkUserName(path: string, name: string): Problem[] {
  return name.startsWith('__') ? [{ path, got: quote(name), want: 'a name that does not begin with "__"' }] : checkLine(path, name);
}

// The characters that the server refuses, on any of its systems.
function checkDatabaseName(path: string, name: string): Problem[] {
  const valid = Buffer.byteLength(name) <= 63 && !/[/\\. "$*<>:|?]/.test(name);
  return valid ? checkLine(path, name) : [{ path, got: quote(name), want: 'at most 63 bytes without blanks, backslashes and any of / . " $ * < > : | ?' }];
}
