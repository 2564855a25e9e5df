import { Problem, quote } from '../../core/problems';
import { checkSecretKey } from '../../core/strings';
import type { Declarations, RoleSpec } from './declarations';
import { checkIdentifier } from './identifier';

/** Refuses names that the server would cut or misread, doubles, and a superuser that is declared as a role. */
export function checkDeclarations(declarations: Declarations, superuser: string): Problem[] {
  const { roles, databases } = declarations;
  return [
    ...checkIdentifier('engine.superuser', superuser),
    ...(databases.length > 0 ? [] : [{ path: 'engine.databases', got: '[]', want: 'at least one database' }]),
    ...(roles.some(({ login }) => login) ? [] : [{ path: 'engine.roles', got: 'no role with a login', want: 'at least one' }]),
    ...databases.flatMap((database, index) => [
      ...checkIdentifier(`engine.databases[${index}].name`, database.name),
      ...checkIdentifier(`engine.databases[${index}].owner`, database.owner),
      ...database.connect.filter(role => !roles.some(({ name }) => name === role)).map(role => (
        { path: `engine.databases[${index}].connect`, got: quote(role), want: 'a role that is declared' })),
      ...database.extensions.flatMap((name, at) => checkIdentifier(`engine.databases[${index}].extensions[${at}]`, name)),
    ]),
    ...roles.flatMap(role => checkRole(role, superuser)),
    ...doubles('engine.databases', databases.map(({ name }) => name)),
    ...doubles('engine.roles', roles.map(({ name }) => name)),
    ...databases.filter(({ name }) => RESERVED_DATABASES.includes(name))
      .map(({ name }) => ({ path: 'engine.databases', got: quote(name), want: 'a name that the server does not use itself' })),
  ];
}

const RESERVED_DATABASES = ['postgres', 'template0', 'template1'];

function checkRole(role: RoleSpec, superuser: string): Problem[] {
  const path = `engine.roles[${quote(role.name)}]`;
  const limit = role.connectionLimit;
  return [
    ...checkIdentifier(`${path}.name`, role.name),
    ...(role.passwordKey === undefined ? [] : checkSecretKey(`${path}.passwordKey`, role.passwordKey)),
    ...role.memberOf.flatMap((name, at) => checkIdentifier(`${path}.memberOf[${at}]`, name)),
    ...(Number.isInteger(limit) && limit >= -1 && limit <= 100000 ? []
      : [{ path: `${path}.connectionLimit`, got: `${limit}`, want: '-1 or a whole number' }]),
    ...(role.name !== superuser ? [] : [{ path, got: 'the superuser', want: 'another role',
      remedy: 'the superuser is local to the pod and has no password' }]),
    ...(role.name.startsWith('pg_') ? [{ path, got: quote(role.name), want: 'a name that does not begin with "pg_"' }] : []),
  ];
}

function doubles(path: string, names: string[]): Problem[] {
  return names.filter((name, index) => names.indexOf(name) !== index).map(name => ({ path, got: `${quote(name)} twice`, want: 'each name once' }));
}
