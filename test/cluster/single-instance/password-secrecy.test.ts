import { Duration } from 'cdk8s';
import { ClientPod } from '../harness/client-pod';
import { eventually, sleep } from '../harness/eventually';
import { processes } from '../harness/node-agent';
import { newPassword } from '../harness/settings';
import { Changes, Orders, POD, SECRET, SERVER, render } from './fixture';
import { superuserSql } from './integrity';
import { Place, findIn, objectsOf } from './leaks';

/** The most that a database may be made to log. */
const TALKATIVE: Changes = {
  settings: {
    log_statement: 'all', log_min_messages: 'debug1', log_min_error_statement: 'debug1', log_min_duration_statement: '0',
    log_duration: 'on', track_activity_query_size: '64kB',
  },
};
const MARK = newPassword();
const CHANGES = 3;
/** Arguments and environment of all processes of a container for ten seconds, each once, seen from within: often enough for a short psql. */
const LOOK = `declare -A seen
  while ((SECONDS < 10)); do
    for folder in /proc/[0-9]*; do
      mapfile -d '' -t arguments < "$folder/cmdline" && mapfile -d '' -t variables < "$folder/environ" || continue
      text="\${arguments[*]} \${variables[*]}"
      if [[ -z "\${seen["x$text"]:-}" ]]; then seen["x$text"]=1; printf '%s\\n' "$text"; fi
    done
  done 2> /dev/null`;
const CREDENTIALS = '/opt/stateful/credentials';

let orders: Orders;
let client: ClientPod;
const words: string[] = [];
let seen: Place[] = [];
const activity: Place[] = [];
const companion: Place[] = [];

/** The password is changed, more than once, while everything that runs is looked at. */
beforeAll(async () => {
  orders = await Orders.start('secrecy', TALKATIVE);
  client = await orders.client();
  words.push(orders.password);
  let over = false;
  const watched = [
    watchProcesses(() => over),
    watchCompanion(() => over),
    watchActivity(() => over),
    client.trySql(`SELECT '${MARK}', pg_sleep(20)`),
    orders.kubectl.exec(POD, SERVER, ['env', `MARK=${MARK}`, 'sleep', '20']),
  ];
  try {
    for (let change = 1; change <= CHANGES; change++) { await changePassword(change); }
    await client.trySqlAs(newPassword(), 'SELECT 1');
  } finally {
    over = true;
    await Promise.all<unknown>(watched);
  }
});

async function changePassword(change: number): Promise<void> {
  const password = newPassword();
  words.push(password);
  await orders.namespace.secret(SECRET, { password });
  // The kubelet looks at a pod that changes at once, instead of within a minute or so.
  await orders.kubectl.run(['annotate', 'pod', POD, '--overwrite', `example.com/look=${change}`]);
  await eventually('the new password', { within: Duration.minutes(3) }, async () => (await client.trySqlAs(password, 'SELECT 1')).code === 0 || undefined);
}

afterAll(() => orders.remove());

async function watchProcesses(isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    const found = await processes(orders.kubectl, POD, Duration.seconds(10));
    seen = seen.concat(found.map(each => ({ name: `process ${each.name} of ${each.container}`, text: each.arguments + each.environment })));
  }
}

async function watchCompanion(isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    companion.push({ name: 'companion', text: await orders.kubectl.exec(POD, 'reconcile', ['bash', '-c', LOOK]) });
  }
}

async function watchActivity(isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    activity.push({ name: 'pg_stat_activity', text: await superuserSql(orders.kubectl, 'SELECT json_agg(a) FROM pg_stat_activity AS a') });
    await sleep(Duration.millis(100));
  }
}

async function logs(): Promise<Place[]> {
  return Promise.all([SERVER, 'reconcile'].map(async name => ({ name: `log of ${name}`, text: await orders.kubectl.run(['logs', POD, '--container', name]) })));
}

test('the search finds a password where it has to be: in the file that is mounted from the Secret', async () => {
  const file = await orders.kubectl.exec(POD, SERVER, ['cat', `${CREDENTIALS}/password`]);
  const encoded = Buffer.from(`the password is ${file}!`).toString('base64');
  expect(findIn([{ name: 'file', text: file }, { name: 'encoded', text: encoded }, { name: 'nothing', text: 'nothing' }], words)).toEqual(['file', 'encoded']);
});

test('no manifest has it', () => {
  expect(findIn([{ name: 'manifests', text: render(orders.namespace.name, TALKATIVE) }], words)).toEqual([]);
});

test('no object of the namespace has it but Secrets, and no event', async () => {
  const objects = await objectsOf(orders.kubectl);
  expect(objects.map(({ name }) => name)).toEqual(expect.arrayContaining([`Pod ${POD}`, 'ConfigMap orders-config', expect.stringMatching(/^Event /)]));
  expect(findIn(objects, words)).toEqual([]);
});

test('no process has it in its arguments or its environment, also while it is changed', () => {
  expect(findIn(seen, [MARK])).toContain('process sleep of postgres');
  expect(companion.some(({ text }) => /^\S*\/psql .*roles\.sql .*PGPORT=5432/m.test(text))).toBe(true);
  expect(findIn([...seen, ...companion], words)).toEqual([]);
});

test('no log has it, also where every statement is logged and the password is wrong', async () => {
  const places = await logs();
  expect(findIn(places, [MARK])).toEqual(['log of postgres']);
  expect(places[0]?.text).toContain('password authentication failed');
  expect(places[1]?.text).toContain('password of role app set from');
  expect(findIn(places, words)).toEqual([]);
});

test('no statement that others can see has it, also while it is changed', () => {
  expect(findIn(activity, [MARK])).not.toHaveLength(0);
  expect(findIn(activity, words)).toEqual([]);
});
