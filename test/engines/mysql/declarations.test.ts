import { MySql, MySqlOptions } from '../../../lib';
import { clientPlan, declaredText, passwordKeys, resolveDeclarations } from '../../../lib/engines/mysql/declarations';
import { REQUEST } from './request';

test('without a word there is one database, app, owned by the user app', () => {
  const declarations = resolveDeclarations({});
  expect(declarations).toEqual({
    users: [{ name: 'app', passwordKey: 'password', connectionLimit: 0 }], databases: [{ name: 'app', owner: 'app', readers: [] }],
  });
  expect(declaredText(declarations)).toBe('user app password 0\ndatabase app\ngrant app app ALL\n');
});

test('every owner is a user, once, before the users that are declared', () => {
  const declarations = resolveDeclarations({
    databases: [{ name: 'a', owner: 'x', readers: ['z'] }, { name: 'b', owner: 'x' }, { name: 'c', owner: 'y' }], users: [{ name: 'y', connectionLimit: 5 }, { name: 'z', passwordKey: 'k' }],
  });
  expect(declaredText(declarations).split('\n')).toEqual([
    'user x password 0', 'user y y-password 5', 'user z k 0', 'database a', 'grant x a ALL', 'grant z a SELECT,SHOW_VIEW', 'database b', 'grant x b ALL', 'database c', 'grant y c ALL', '']);
  expect(passwordKeys(declarations)).toEqual({ x: 'password', y: 'y-password', z: 'k' });
});

test('undefined is no word', () => {
  const user = { name: 'app', passwordKey: undefined, connectionLimit: undefined };
  expect(resolveDeclarations({ databases: [{ name: 'app', owner: undefined, readers: undefined }], users: [user] })).toEqual(resolveDeclarations({}));
});

test('the application is the owner of the first database', () => {
  const client = (options: MySqlOptions): unknown => clientPlan(resolveDeclarations(options));
  expect(client({})).toEqual({ scheme: 'mysql', database: 'app', username: 'app', passwordKey: 'password' });
  expect(client({ databases: [{ name: 'ledger', owner: 'books' }, { name: 'other' }], users: [{ name: 'books', passwordKey: 'key' }] }))
    .toEqual({ scheme: 'mysql', database: 'ledger', username: 'books', passwordKey: 'key' });
});

test.each(['a;b', 'a b', '-a', '`', 'a%', 'é', ''])('the name %j, which the scripts could misread, is refused', name => {
  expect(MySql.v84({ databases: [{ name, owner: 'me' }] }).check(REQUEST).map(({ path }) => path)).toEqual(['engine.databases[0].name']);
});

test('the data of another layout are found in their folder', () => {
  const { environment, files } = MySql.v84({ dataFolder: 'mysql' }).plan(REQUEST);
  expect(environment.DATA_DIR).toBe('/var/lib/mysql/mysql');
  expect(files['my.cnf']).toContain('datadir = /var/lib/mysql/mysql\n');
});
