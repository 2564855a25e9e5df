import { RESERVED, UNSAFE } from '../../../lib/engines/postgres/reserved';
import { checkSettings } from '../../../lib/engines/postgres/check-settings';
import { REQUEST } from './request';

// Written out, so that a name which leaves the list is noticed.
const OWNED = [
  'archive_cleanup_command', 'archive_command', 'archive_library', 'config_file', 'data_directory', 'dynamic_library_path', 'external_pid_file',
  'hash_mem_multiplier', 'hba_file', 'huge_pages', 'ident_file', 'include', 'include_dir', 'include_if_exists', 'listen_addresses', 'local_preload_libraries', 'log_destination', 'logging_collector',
  'max_connections', 'password_encryption', 'port', 'primary_conninfo', 'primary_slot_name', 'promote_trigger_file', 'recovery_end_command',
  'recovery_target_action', 'restore_command', 'ssl', 'ssl_ca_file', 'ssl_cert_file', 'ssl_crl_dir', 'ssl_crl_file', 'ssl_key_file',
  'ssl_passphrase_command', 'superuser_reserved_connections', 'unix_socket_directories', 'unix_socket_group', 'unix_socket_permissions',
];

function problems(name: string, value: string): string[] {
  return checkSettings({ ...REQUEST, settings: { [name]: value } }).map(({ path, want, remedy }) => `${path}: ${want}; ${remedy ?? ''}`);
}

test.each(OWNED)('%s is the library\'s own, and the refusal says what to use instead', name => {
  expect(problems(name, 'x')).toEqual([`settings.${name}: nothing: the library owns it; ${RESERVED[name] ?? 'no remedy'}`]);
});

test('nothing else is refused by name', () => {
  expect(Object.keys(RESERVED).sort()).toEqual([...OWNED].sort());
});

test.each([
  ['fsync', 'off'], ['fsync', 'f'], ['fsync', 'OF'], ['full_page_writes', 'no'], ['ignore_checksum_failure', 'on'], ['ignore_invalid_pages', 'true'], ['zero_damaged_pages', '1'],
])('%s = %s destroys data, or hides that it is destroyed', (name, value) => {
  expect(problems(name, value)).toEqual([`settings.${name}: anything but ${UNSAFE[name]?.values.join(', ') ?? ''}; ${UNSAFE[name]?.effect ?? ''}`]);
});

test.each([['fsync', 'on'], ['synchronous_commit', 'off'], ['zero_damaged_pages', 'off']])('%s = %s is the user\'s to choose', (name, value) => {
  expect(problems(name, value)).toEqual([]);
});

test('a name that every object of JavaScript has is an ordinary setting', () => {
  expect(problems('constructor', 'x')).toEqual([]);
});
