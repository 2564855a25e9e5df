import { KeyDb } from '../../../lib';
import { REQUEST } from '../valkey/request';

test('it runs the image of its architecture and its programs, and looks for its version', () => {
  const { environment, image } = KeyDb.v6().plan(REQUEST);
  expect(image).toBe('docker.io/eqalpha/keydb:x86_64_v6.3.4');
  expect(KeyDb.of('6.3.3').plan(REQUEST).image).toBe('docker.io/eqalpha/keydb:x86_64_v6.3.3');
  expect(KeyDb.v6().plan({ ...REQUEST, image: 'example.com:5000/keydb:1' }).image).toBe('example.com:5000/keydb:1');
  expect(environment).toMatchObject({ SERVER: 'keydb-server', CLIENT: 'keydb-cli', CHECKER: 'keydb-check-rdb', PRODUCT: 'KeyDB', DB_VERSION: '6', LOG_LAYOUT: 'file' });
});

test('what Redis 6.2 did not know is neither set nor allowed', () => {
  const { files } = KeyDb.v6().plan({ ...REQUEST, cores: 8 });
  expect(files['server.conf']).toMatch(/^maxmemory 544mb$/m);
  expect(files['server.conf']).not.toMatch(/maxmemory-clients|appenddirname|io-threads/);
  expect(files['users.list']).toBe('app password ~* &* +@all -@admin -@dangerous +info +keys +sort\n');
});

test('that nobody maintains it is said at every synth', () => {
  expect(KeyDb.v6().warnings(REQUEST)).toEqual([{ code: 'keydb-unmaintained',
    message: 'KeyDB is not maintained: its last release was in 2023-10, and its author has left it; begin with Valkey' }]);
});
