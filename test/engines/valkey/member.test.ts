import { Size } from 'cdk8s';
import { MemberPlan, MemberRequest, Valkey, ValkeyOptions } from '../../../lib';
import { requirementLines } from '../../../lib/core/node-requirement';
import { REQUEST } from './request';

const plan = (request: Partial<MemberRequest> = {}, options: ValkeyOptions = {}): MemberPlan => Valkey.v8(options).plan({ ...REQUEST, ...request });

test('the application is the first user, and has every command but the dangerous ones', () => {
  expect(plan().files['users.list']).toBe('app password ~* &* +@all -@admin -@dangerous +info +keys +sort +sort_ro\n');
  expect(plan().passwordKeys).toEqual({ app: 'password' });
  expect(plan().client).toEqual({ scheme: 'redis', database: '', username: 'app', passwordKey: 'password' });
  expect(plan({ tls: true, tlsRequired: true }).client.scheme).toBe('rediss');
});

test('users have the keys, channels and commands that they are given, and change without a restart', () => {
  const users = [{ name: 'shop' }, { name: 'cart', keys: ['cart:*', 'session:*'], channels: ['orders'], commands: ['+@read', '+set', '-keys'] }, { name: 'b', passwordKey: 'c', channels: [] }];
  const { client, files, liveFiles, passwordKeys } = plan({}, { users });
  expect(files['users.list']?.split('\n').slice(1)).toEqual([
    'cart cart-password ~cart:* ~session:* &orders +@read +set -keys', 'b c ~* +@all -@admin -@dangerous +info +keys +sort +sort_ro', '']);
  expect([passwordKeys, client.username]).toEqual([{ shop: 'password', cart: 'cart-password', b: 'c' }, 'shop']);
  expect(liveFiles).toEqual(['users.list']);
});

test('the companion is small, sees the passwords, the volume and the socket', () => {
  const [companion, ...others] = plan({ tls: true }).companions;
  expect(companion).toMatchObject({ name: 'reconcile', memory: Size.mebibytes(32), sharedScratch: ['run'], seesVolumes: true, seesSecrets: true });
  expect([others, companion?.environment.TLS_DIR, plan().companions[0]?.environment.TLS_DIR]).toEqual([[], '/opt/stateful/tls', '']);
});

test('what is written outside the volume lies in memory, and is small', () => {
  expect(plan().scratch).toEqual([{ name: 'run', path: '/run/valkey', size: Size.mebibytes(4), inMemory: true }]);
});

test('existing data is demanded where it was declared, and TLS asked for where nothing else is spoken', () => {
  expect([plan(), plan({ dataMustExist: true })].map(({ environment }) => environment.DATA_MUST_EXIST)).toEqual(['false', 'true']);
  expect([plan(), plan({ tls: true }), plan({ tls: true, tlsRequired: true })].map(({ environment }) => environment.TLS_ONLY)).toEqual(['false', 'false', 'true']);
});

test('the node should grant memory to a fork, and the server starts without', () => {
  expect(requirementLines(plan().nodeRequirements))
    .toBe('recommended|vm.overcommit_memory|/proc/sys/vm/overcommit_memory|is|1|or the append-only file cannot be rewritten when much of the memory is in use');
});

test('the Alpine variant of the image, which has no bash, is refused', () => {
  expect(Valkey.v8().check({ ...REQUEST, image: 'valkey/valkey:8.1.1-trixie' })).toEqual([]);
  expect(Valkey.v8().check({ ...REQUEST, image: 'valkey/valkey:8.1.1-alpine' }).map(({ path }) => path)).toEqual(['image']);
});
