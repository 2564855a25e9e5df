import { MongoDb, MongoDbOptions, MongoDbRole } from '../../../lib';
import { checkUsers, clientPlan, declaredJson, passwordKeys, resolveUsers } from '../../../lib/engines/mongodb/users';
import { REQUEST } from './request';

const role = (name: string, database: string): MongoDbRole => MongoDbRole.named(name, database);
const ADMIN = { name: 'admin', database: 'admin', passwordKey: 'admin-password', roles: [role('root', 'admin')] };
const problems = (options: MongoDbOptions): string[] => checkUsers(resolveUsers(options)).map(({ path, got, want }) => `${path}: ${got}: ${want}`);

test('without a word there are the administrator and the application, who reads and writes its database and no more', () => {
  expect(resolveUsers({})).toEqual([ADMIN, { name: 'app', database: 'app', passwordKey: 'password', roles: [role('readWrite', 'app')] }]);
});

test('every user has a database, a key and rights, or what was said', () => {
  expect(resolveUsers({
    administrator: 'root',
    users: [
      { name: 'shop', roles: [MongoDbRole.owner('shop'), MongoDbRole.read('prices')] }, { name: 'exporter', database: 'admin', passwordKey: 'metrics', roles: [] },
      { name: 'other', database: undefined, passwordKey: undefined, roles: undefined },
    ],
  })).toEqual([
    { ...ADMIN, name: 'root' },
    { name: 'shop', database: 'shop', passwordKey: 'password', roles: [role('dbOwner', 'shop'), role('read', 'prices')] },
    { name: 'exporter', database: 'admin', passwordKey: 'metrics', roles: [] },
    { name: 'other', database: 'other', passwordKey: 'other-password', roles: [role('readWrite', 'other')] },
  ]);
});

test('the application is the first user that was declared, never the administrator', () => {
  expect(clientPlan(resolveUsers({}))).toEqual({ scheme: 'mongodb', database: 'app', username: 'app', passwordKey: 'password' });
  expect(clientPlan(resolveUsers({ users: [{ name: 'api', database: 'shop', passwordKey: 'k' }, { name: 'b' }] })))
    .toEqual({ scheme: 'mongodb', database: 'shop', username: 'api', passwordKey: 'k' });
});

test('each user has a key in the Secret', () => {
  expect(passwordKeys(resolveUsers({ users: [{ name: 'a' }, { name: 'b' }] }))).toEqual({ admin: 'admin-password', a: 'password', b: 'b-password' });
});

test('declared.json tells where a password is, the administrator first, and never what it is', () => {
  const text = declaredJson(resolveUsers({ users: [{ name: 'a', roles: [MongoDbRole.read('b')] }] }), '8.0');
  expect(JSON.parse(text)).toEqual({ series: '8.0', users: [
    { name: 'admin', database: 'admin', passwordFile: '/opt/stateful/credentials/admin-password', roles: [{ role: 'root', db: 'admin' }] },
    { name: 'a', database: 'a', passwordFile: '/opt/stateful/credentials/password', roles: [{ role: 'read', db: 'b' }] },
  ] });
  expect(text).toMatch(/^\{\n {2}"series": "8.0",\n[^]*\}\n$/);
});

test('what the server would not take is refused, all at once', () => {
  const name = 'want at most 63 bytes'.slice(5);
  expect(problems({
    administrator: '',
    users: [{ name: '__system', database: 'config' }, { name: 'a.b' }, { name: 'c', database: 'x'.repeat(64), roles: [role('a\nb', 'y'.repeat(64))] }, { name: 'd', passwordKey: '' }],
  }).map(line => line.replace(/ without .*/, ''))).toEqual([
    'engine.administrator: "": text that is not empty',
    'engine.users[0].name: "__system": a name that does not begin with "__"',
    'engine.users[0].database: "config": another database than the server\'s own',
    `engine.users[1].database: "a.b": ${name}`,
    `engine.users[2].database: "${'x'.repeat(64)}": ${name}`,
    'engine.users[2].roles[0].role: "a\\nb": one line of text',
    `engine.users[2].roles[0].database: "${'y'.repeat(64)}": ${name}`,
    'engine.users[3].passwordKey: "": a key of a Secret: letters, digits, "-", "_" and "."',
  ]);
});

test.each(['/', '\\', '.', ' ', '"', '$', '*', '<', '>', ':', '|', '?'])('a database with %j in its name is refused', character => {
  expect(problems({ users: [{ name: 'a', database: `a${character}b` }] })).toHaveLength(1);
});

test('names that the server takes are taken', () => {
  expect(problems({ users: [{ name: 'größe', database: 'x'.repeat(63) }, { name: 'o\'brien', database: 'a-b_c', passwordKey: 'obrien' }, { name: 'a_', database: 'admin', roles: [MongoDbRole.read('local')] }] })).toEqual([]);
});

test('there is somebody who can connect, each name once, and the administrator is not one of them', () => {
  expect(problems({ users: [] })).toEqual(['engine.users: []: at least one user']);
  expect(problems({ administrator: 'app' })).toEqual(['engine.users: "app" twice: each name once, and another than the administrator\'s']);
});

test('the engine refuses what its users are refused for', () => {
  expect(MongoDb.v8({ users: [] }).check(REQUEST)).toEqual([{ path: 'engine.users', got: '[]', want: 'at least one user' }]);
});
