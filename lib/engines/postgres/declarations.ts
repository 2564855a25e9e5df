import type { ClientPlan } from '../../core/member-plan';
import { MOUNTS } from '../../core/mounts';
import type { StringMap } from '../../core/strings';
import { PostgresDatabase, PostgresOptions, PostgresRole } from './options';

/** A role with every default filled in. */
export interface RoleSpec {
  readonly name: string;
  readonly login: boolean;
  readonly passwordKey: string | undefined;
  readonly createDatabase: boolean;
  readonly createRole: boolean;
  readonly memberOf: string[];
  readonly connectionLimit: number;
}

/** A database with every default filled in. */
export interface DatabaseDeclaration {
  readonly name: string;
  readonly owner: string;
  readonly connect: string[];
  readonly extensions: string[];
}

/** What is to be there: roles before the databases that they own. */
export interface Declarations {
  readonly roles: RoleSpec[];
  readonly databases: DatabaseDeclaration[];
}

/** Extensions that only work when the server loads their library at its start. */
const PRELOADED = ['pg_cron', 'pg_stat_statements', 'pgaudit', 'timescaledb'];

/** Fills in the defaults: every owner is a role, and the first database's owner is the application. */
export function resolveDeclarations(options: PostgresOptions, extensions: string[] = []): Declarations {
  const databases = (options.databases ?? [{ name: 'app' }]).map(each => resolveDatabase(each, extensions));
  const declared = options.roles ?? [];
  const application = databases[0]?.owner;
  const owners = [...new Set(databases.map(({ owner }) => owner))].filter(owner => !declared.some(({ name }) => name === owner));
  const roles = [...owners.map(name => ({ name })), ...declared];
  return { databases, roles: roles.map(role => resolveRole(role, role.name === application)) };
}

/** databases.json, which the companion applies. */
export function declarationsJson(declarations: Declarations): string {
  const roles = declarations.roles.map(({ passwordKey, ...role }) => (
    passwordKey === undefined ? role : { ...role, passwordFile: `${MOUNTS.credentials}/${passwordKey}` }));
  return `${JSON.stringify({ roles, databases: declarations.databases }, undefined, 2)}\n`;
}

/** The libraries that the declared extensions need at the server's start. */
export function preloadLibraries(declarations: Declarations): string[] {
  const wanted = new Set(declarations.databases.flatMap(({ extensions }) => extensions));
  return PRELOADED.filter(name => wanted.has(name));
}

/** The key of each role's password. */
export function passwordKeys(declarations: Declarations): StringMap {
  return Object.fromEntries(declarations.roles.flatMap(({ name, passwordKey }) => (passwordKey === undefined ? [] : [[name, passwordKey]])));
}

/** How the application connects: to the first database, as its owner, or as the first role that may connect. */
export function clientPlan(declarations: Declarations): ClientPlan {
  const [database] = declarations.databases;
  const logins = declarations.roles.filter(({ login }) => login);
  const application = logins.find(({ name }) => name === database?.owner) ?? logins[0];
  return {
    scheme: 'postgresql',
    database: database?.name ?? '',
    username: application?.name ?? '',
    passwordKey: application?.passwordKey ?? '',
  };
}

function resolveDatabase(database: PostgresDatabase, always: string[]): DatabaseDeclaration {
  const extensions = [...new Set([...always, ...database.extensions ?? []])];
  return { name: database.name, owner: database.owner ?? database.name, connect: database.connect ?? [], extensions };
}

function resolveRole(role: PostgresRole, isApplication: boolean): RoleSpec {
  const login = role.login ?? true;
  return {
    name: role.name,
    login,
    passwordKey: role.passwordKey ?? (login ? defaultKey(role.name, isApplication) : undefined),
    createDatabase: role.createDatabase ?? false,
    createRole: role.createRole ?? false,
    memberOf: role.memberOf ?? [],
    connectionLimit: role.connectionLimit ?? -1,
  };
}

function defaultKey(name: string, isApplication: boolean): string {
  return isApplication ? 'password' : `${name}-password`;
}
