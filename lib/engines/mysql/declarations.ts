import type { ClientPlan } from '../../core/member-plan';
import type { StringMap } from '../../core/strings';
import type { MySqlDatabase, MySqlOptions, MySqlUser } from './options';

/** A user with every default filled in. */
export interface UserSpec {
  readonly name: string;
  readonly passwordKey: string;
  readonly connectionLimit: number;
}

/** A database with every default filled in. */
export interface DatabaseSpec {
  readonly name: string;
  readonly owner: string;
  readonly readers: string[];
}

/** What is to be there: users before the databases that they own. */
export interface Declarations {
  readonly users: UserSpec[];
  readonly databases: DatabaseSpec[];
}

/** Fills in the defaults: every owner is a user, and the first database's owner is the application. */
export function resolveDeclarations(options: MySqlOptions): Declarations {
  const databases = (options.databases ?? [{ name: 'app' }]).map(resolveDatabase);
  const declared = options.users ?? [];
  const application = databases[0]?.owner;
  const owners = [...new Set(databases.map(({ owner }) => owner))].filter(owner => !declared.some(({ name }) => name === owner));
  const users = [...owners.map(name => ({ name })), ...declared];
  return { databases, users: users.map(user => resolveUser(user, user.name === application)) };
}

/** The file `declared`, which the companion applies: a line for each user, database and grant, in words that need no quotes. */
export function declaredText(declarations: Declarations): string {
  const { databases, users } = declarations;
  const lines = [
    ...users.map(({ connectionLimit, name, passwordKey }) => `user ${name} ${passwordKey} ${connectionLimit}`),
    ...databases.flatMap(({ name, owner, readers }) => [
      `database ${name}`, `grant ${owner} ${name} ALL`, ...readers.map(reader => `grant ${reader} ${name} SELECT,SHOW_VIEW`),
    ]),
  ];
  return `${lines.join('\n')}\n`;
}

/** The key of each user's password. */
export function passwordKeys(declarations: Declarations): StringMap {
  return Object.fromEntries(declarations.users.map(({ name, passwordKey }) => [name, passwordKey]));
}

/** How the application connects: to the first database, as its owner. */
export function clientPlan(declarations: Declarations): ClientPlan {
  const [database] = declarations.databases;
  const application = declarations.users.find(({ name }) => name === database?.owner);
  return { scheme: 'mysql', database: database?.name ?? '', username: application?.name ?? '', passwordKey: application?.passwordKey ?? '' };
}

function resolveDatabase(database: MySqlDatabase): DatabaseSpec {
  return { name: database.name, owner: database.owner ?? database.name, readers: database.readers ?? [] };
}

function resolveUser(user: MySqlUser, isApplication: boolean): UserSpec {
  return {
    name: user.name,
    passwordKey: user.passwordKey ?? (isApplication ? 'password' : `${user.name}-password`),
    connectionLimit: user.connectionLimit ?? 0,
  };
}
