import { AccessRule, Postgres, Refusal } from 'cdk8s-stateful';
import { Changes, Orders, render } from './fixture';
import { HOSTILE } from './hostile';
import { superuserSql } from './integrity';

/** Names that a server allows, and that something on the way could take for something else. */
const NAMES = [
  'Mixed Case', 'it\'s "quoted"', '$(PATH) ${PATH} `id`', 'back\\slash\\', '--help', '-x', 'a,b', 'all', '+admins', '@file', 'a/.*',
  '#hash', 'yes', '1:30', '~', 'null', '<<', '=', '%I', 'host=elsewhere', 'postgresql://elsewhere/x', 'é数据库🐘', '{"a": [1]}', '; DROP TABLE x; --',
  'sameuser', 'replication', ' spaces ', 'x'.repeat(63),
];

/** The texts that a setting can hold: one line, and nothing that the library refuses. */
const TEXTS = Object.values(HOSTILE).filter(text => /^(?:[^\p{Cc}\p{Cs}\u2028\u2029\ufeff\uffff]|\t)*$/u.test(text) && text !== '0o755');
const SETTINGS_OF_TEXTS = Object.fromEntries(TEXTS.map((text, index) => [`hostile.text${index}`, text]));

const CHANGES: Changes = {
  engine: Postgres.v17({
    databases: [{ name: 'app' }, ...NAMES.map(name => ({ name }))],
    roles: NAMES.map(name => ({ name, passwordKey: 'password' })),
    accessRules: [AccessRule.password({ databases: ['app'], roles: ['app'] }), ...NAMES.map(name => AccessRule.password({ databases: [name], roles: [name] }))],
  }),
  settings: { ...SETTINGS_OF_TEXTS, cluster_name: 'it\'s $(ORDERS) \\ "1:30"', log_line_prefix: '%m \'"$(x)\\ # ' },
};

let orders: Orders;

beforeAll(async () => { orders = await Orders.start('hostile', CHANGES); });

afterAll(() => orders.remove());

/** A value of a connection string. */
function quoted(value: string): string {
  return `'${value.replace(/[\\']/g, '\\$&')}'`;
}

function connection(user: string, database: string): string {
  return `host=orders user=${quoted(user)} dbname=${quoted(database)}`;
}

test('every setting has its value in the server, to the letter', async () => {
  const names = Object.keys(CHANGES.settings ?? {});
  expect(names.length).toBeGreaterThan(30);
  const values = names.map(name => `'${name}', current_setting('${name}')`).map(pair => `jsonb_build_object(${pair})`);
  expect(JSON.parse(await superuserSql(orders.kubectl, `SELECT ${values.join(' || ')}`))).toEqual(CHANGES.settings);
});

test('every database is there under its name and belongs to the role of its name, and no other is', async () => {
  const rows = await superuserSql(orders.kubectl,
    'SELECT json_object_agg(datname, pg_get_userbyid(datdba)) FROM pg_database WHERE NOT datistemplate AND datname <> \'postgres\'');
  expect(JSON.parse(rows)).toEqual(Object.fromEntries(['app', ...NAMES].map(name => [name, name])));
});

test('every role gets into its own database, and by the access rules into no other', async () => {
  const client = await orders.client();
  const who = 'SELECT to_json(current_user || \'/\' || current_database())';
  const results: { [name: string]: string } = {};
  for (const name of NAMES) {
    const own = await client.try(['/scripts/sql.sh', connection(name, name)], who);
    const other = await client.try(['/scripts/sql.sh', connection(name, 'app')], who);
    results[name] = own.code === 0 && JSON.parse(own.stdout) === `${name}/${name}` ? other.stderr : own.stderr;
  }
  const messages = Object.entries(results).filter(([name, message]) => !message.includes(`no pg_hba.conf entry for host`) || !message.includes(`user "${name}", database "app"`));
  expect(messages).toEqual([]);
});

test('a name that the access rules of the server would take for a pattern is refused', () => {
  let problems: string[] = [];
  try {
    render(orders.namespace.name, { engine: Postgres.v17({ databases: [{ name: '/.*', owner: 'app' }] }) });
  } catch (error) {
    problems = Refusal.problemsOf(error).map(({ path }) => path);
  }
  expect(problems).toEqual(['engine.databases[0].name']);
});
