import { Problem, quote } from '../../core/problems';
import { checkSecretKey } from '../../core/strings';
import type { Declarations, UserSpec } from './declarations';

/** Names that the servers use themselves. */
const RESERVED_DATABASES = ['information_schema', 'mysql', 'performance_schema', 'sys'];
const RESERVED_USERS = ['mariadb.sys', 'mysql', 'mysql.infoschema', 'mysql.session', 'mysql.sys', 'public', 'readiness', 'root'];

/** Refuses names that the server or the scripts would misread, doubles, and users that the server has for itself. */
export function checkDeclarations(declarations: Declarations): Problem[] {
  const { databases, users } = declarations;
  return [
    ...(databases.length > 0 ? [] : [{ path: 'engine.databases', got: '[]', want: 'at least one database' }]),
    ...databases.flatMap((database, index) => [
      ...checkName(`engine.databases[${index}].name`, database.name, 64, RESERVED_DATABASES),
      ...database.readers.filter(reader => !users.some(({ name }) => name === reader)).map(reader => (
        { path: `engine.databases[${index}].readers`, got: quote(reader), want: 'a user that is declared' })),
    ]),
    ...users.flatMap(checkUser),
    ...doubles('engine.databases', databases.map(({ name }) => name)),
    ...doubles('engine.users', users.map(({ name }) => name)),
  ];
}

/** The folder of the data is below the volume's root, never the root itself, where a new file system has `lost+found`. */
export function checkFolder(folder: string): Problem[] {
  const valid = folder.length <= 200 && folder !== 'tmp' && folder.split('/').every(part => /^\w[\w.-]*$/.test(part));
  return valid ? [] : [{ path: 'engine.dataFolder', got: quote(folder), want: 'a relative path of letters, digits, "_", "-" and ".", other than "tmp"' }];
}

function checkUser(user: UserSpec): Problem[] {
  const path = `engine.users[${quote(user.name)}]`;
  const { connectionLimit: limit } = user;
  return [
    ...checkName(`${path}.name`, user.name, 32, RESERVED_USERS),
    ...checkSecretKey(`${path}.passwordKey`, user.passwordKey),
    ...(Number.isInteger(limit) && limit >= 0 && limit <= 100000 ? []
      : [{ path: `${path}.connectionLimit`, got: `${limit}`, want: '0 or a whole number' }]),
  ];
}

function checkName(path: string, name: string, longest: number, reserved: string[]): Problem[] {
  if (name.length > longest || !/^\w[\w$-]*$/.test(name)) {
    return [{ path, got: quote(name), want: `at most ${longest} letters, digits, "_", "-" and "$", the first no sign` }];
  }
  return reserved.includes(name.toLowerCase()) ? [{ path, got: quote(name), want: 'a name that the server does not use itself' }] : [];
}

function doubles(path: string, names: string[]): Problem[] {
  return names.filter((name, index) => names.indexOf(name) !== index).map(name => ({ path, got: `${quote(name)} twice`, want: 'each name once' }));
}
