import { Postgres, PostgresOptions } from '../../../lib';
import { checkDeclarations } from '../../../lib/engines/postgres/check-declarations';
import { clientPlan, declarationsJson, passwordKeys, preloadLibraries, resolveDeclarations } from '../../../lib/engines/postgres/declarations';
import { REQUEST } from './request';

const ROLE = { login: true, createDatabase: false, createRole: false, memberOf: [], connectionLimit: -1 };
const DATABASE = { connect: [], extensions: [] };

test('without a word there is one database, app, owned by the role app', () => {
  expect(resolveDeclarations({})).toEqual({
    roles: [{ ...ROLE, name: 'app', passwordKey: 'password' }], databases: [{ ...DATABASE, name: 'app', owner: 'app' }],
  });
});

test('every owner is a role, once, before the roles that are declared', () => {
  const { roles } = resolveDeclarations({
    databases: [{ name: 'a', owner: 'x' }, { name: 'b', owner: 'x' }, { name: 'c', owner: 'y' }, { name: 'd' }],
    roles: [{ name: 'y', connectionLimit: 5 }, { name: 'z', login: false, memberOf: ['x'], createDatabase: true, createRole: true }],
  });
  expect(roles).toEqual([
    { ...ROLE, name: 'x', passwordKey: 'password' },
    { ...ROLE, name: 'd', passwordKey: 'd-password' },
    { ...ROLE, name: 'y', passwordKey: 'y-password', connectionLimit: 5 },
    { name: 'z', login: false, passwordKey: undefined, createDatabase: true, createRole: true, memberOf: ['x'], connectionLimit: -1 },
  ]);
});

test('undefined is no word', () => {
  const role = { name: 'app', passwordKey: undefined, login: undefined, createDatabase: undefined, createRole: undefined, memberOf: undefined, connectionLimit: undefined };
  expect(resolveDeclarations({ databases: [{ name: 'app', owner: undefined, connect: undefined, extensions: undefined }], roles: [role] }))
    .toEqual(resolveDeclarations({}));
});

test('the application is the owner of the first database, or else the first role that may connect', () => {
  const client = (options: PostgresOptions): unknown => clientPlan(resolveDeclarations(options));
  expect(client({})).toEqual({ scheme: 'postgresql', database: 'app', username: 'app', passwordKey: 'password' });
  expect(client({ databases: [{ name: 'ledger', owner: 'books' }, { name: 'other' }], roles: [{ name: 'books', passwordKey: 'key' }] }))
    .toEqual({ scheme: 'postgresql', database: 'ledger', username: 'books', passwordKey: 'key' });
  expect(client({ databases: [{ name: 'ledger', owner: 'books' }], roles: [{ name: 'books', login: false }, { name: 'api', memberOf: ['books'] }] }))
    .toEqual({ scheme: 'postgresql', database: 'ledger', username: 'api', passwordKey: 'api-password' });
});

test('each role with a login has a key in the Secret, whatever its name', () => {
  const declarations = resolveDeclarations({ roles: [{ name: 'a', passwordKey: 'shared' }, { name: 'b', login: false }, { name: '__proto__', passwordKey: 'p' }] });
  expect(Object.entries(passwordKeys(declarations))).toEqual([['app', 'password'], ['a', 'shared'], ['__proto__', 'p']]);
});

test('databases.json tells where a password is, and never what it is', () => {
  const declarations = resolveDeclarations({ databases: [{ name: 'app', extensions: ['pg_trgm'] }], roles: [{ name: 'group', login: false }] });
  const role = { login: true, createDatabase: false, createRole: false, memberOf: [], connectionLimit: -1 };
  expect(JSON.parse(declarationsJson(declarations))).toEqual({
    roles: [{ ...role, name: 'app', passwordFile: '/opt/stateful/credentials/password' }, { ...role, name: 'group', login: false }],
    databases: [{ ...DATABASE, name: 'app', owner: 'app', extensions: ['pg_trgm'] }],
  });
  expect(declarationsJson(declarations)).toMatch(/^\{\n {2}"roles": \[[^]*\}\n$/);
});

test('only the extensions that need it are preloaded, in an order of their own', () => {
  const databases = [{ name: 'a', extensions: ['pgaudit', 'pg_trgm'] }, { name: 'b', extensions: ['pg_cron', 'pgaudit'] }];
  expect(preloadLibraries(resolveDeclarations({ databases }))).toEqual(['pg_cron', 'pgaudit']);
  expect(preloadLibraries(resolveDeclarations({}))).toEqual([]);
});

test('what the server would cut, misread or not take is refused, all at once', () => {
  const declarations = resolveDeclarations({
    databases: [{ name: 'postgres', connect: ['nobody'] }, { name: 'a', owner: 'dba', extensions: [''] }, { name: 'a', owner: 'x'.repeat(64) }],
    roles: [{ name: 'my role' }, { name: 'pg_mine', memberOf: ['a\nb'] }, { name: 'a', connectionLimit: -2 }, { name: 'a', connectionLimit: 0.5 }],
  });
  expect(checkDeclarations(declarations, 'dba').map(({ path, got, want }) => `${path}: ${got}: ${want}`)).toEqual([
    'engine.databases[0].connect: "nobody": a role that is declared',
    'engine.databases[1].extensions[0]: "": text that is not empty',
    `engine.databases[2].owner: "${'x'.repeat(64)}": at most 63 bytes`,
    'engine.roles["dba"]: the superuser: another role',
    `engine.roles["${'x'.repeat(64)}"].name: "${'x'.repeat(64)}": at most 63 bytes`,
    'engine.roles["my role"].passwordKey: "my role-password": a key of a Secret: letters, digits, "-", "_" and "."',
    'engine.roles["pg_mine"].memberOf[0]: "a\\nb": one line of text',
    'engine.roles["pg_mine"]: "pg_mine": a name that does not begin with "pg_"',
    'engine.roles["a"].connectionLimit: -2: -1 or a whole number',
    'engine.roles["a"].connectionLimit: 0.5: -1 or a whole number',
    'engine.databases: "a" twice: each name once',
    'engine.roles: "a" twice: each name once',
    'engine.databases: "postgres": a name that the server does not use itself',
  ]);
});

test('there is a database, and somebody who can connect', () => {
  expect(checkDeclarations(resolveDeclarations({ databases: [] }), 'postgres')).toEqual([
    { path: 'engine.databases', got: '[]', want: 'at least one database' }, { path: 'engine.roles', got: 'no role with a login', want: 'at least one' }]);
  expect(checkDeclarations(resolveDeclarations({ roles: [{ name: 'app', login: false }] }), 'postgres'))
    .toEqual([{ path: 'engine.roles', got: 'no role with a login', want: 'at least one' }]);
});

test('a list of libraries of the user\'s own has to hold what the extensions need', () => {
  const engine = Postgres.v17({ databases: [{ name: 'a', extensions: ['pg_cron', 'pgaudit'] }] });
  const check = (own: string): unknown => engine.check({ ...REQUEST, settings: { shared_preload_libraries: own } });
  expect(check('mine, pgaudit ,pg_cron')).toEqual([]);
  expect(check('pg_cron')).toEqual([{
    path: 'settings.shared_preload_libraries', got: '"pg_cron"', want: 'pgaudit in the list', remedy: 'the extension of that name is declared' }]);
});
