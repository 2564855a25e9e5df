import * as fc from 'fast-check';
import { AccessRule } from '../../../lib';
import { checkAccessRules, hbaConf, identConf } from '../../../lib/engines/postgres/access-rule';
import { checkIdentifier } from '../../../lib/engines/postgres/identifier';

/** The words of a line as the server reads them (next_token in hba.c): in quotes only a quote counts, and two are one. */
function words(line: string): string[] {
  return [...line.matchAll(/(?:[^\s,"#]|"(?:[^"]|"")*")+/g)].map(([word]) => word.replace(/"((?:[^"]|"")*)"/g, (_all, inner: string) => inner.replace(/""/g, '"')));
}

function lines(rules: AccessRule[], tlsRequired: boolean = false, superuser: string = 'postgres'): string[] {
  return hbaConf(rules, superuser, tlsRequired).split('\n').filter(line => line !== '' && !line.startsWith('#'));
}

test('the superuser comes in from within the pod, and is turned away on the network before any rule', () => {
  expect(hbaConf([AccessRule.password({ roles: ['postgres'] })], 'postgres', false)).toBe([
    '# Read from the top; the first line that fits decides.',
    'local all "postgres" peer map=superuser',
    'local all all scram-sha-256',
    'host all "postgres" all reject',
    'host all "readiness" samehost scram-sha-256',
    'host all "postgres" all scram-sha-256',
    '',
  ].join('\n'));
  expect(identConf('postgres')).toBe('# map, user of the pod, role\nsuperuser postgres "postgres"\n');
});

test('the rules keep their order', () => {
  expect(lines([
    AccessRule.reject({ databases: ['ledger'], from: '10.1.0.0/16' }),
    AccessRule.passwordWithTls({ databases: ['ledger', 'reports'], roles: ['auditor'] }),
    AccessRule.password({ databases: [], roles: [] }),
  ]).slice(4)).toEqual([
    'host "ledger" all 10.1.0.0/16 reject',
    'hostssl "ledger","reports" "auditor" all scram-sha-256',
    'host all all all scram-sha-256',
  ]);
});

test('where TLS is required, nobody gets in without it, and whoever is turned away stays away without it as well', () => {
  expect(lines([AccessRule.reject({ roles: ['guest'] }), AccessRule.password(), AccessRule.passwordWithTls()], true).slice(2)).toEqual([
    'host all "postgres" all reject',
    'host all "readiness" samehost scram-sha-256',
    'host all "guest" all reject',
    'hostssl all all all scram-sha-256',
    'hostssl all all all scram-sha-256',
  ]);
});

test.each(['all', '+admins', '@file', 'sameuser', 'replication', 'a b', 'a,b', '#a', 'say "x"', '"', '\\', 'größe', 'a=b'])('%j is a name and nothing else', name => {
  expect(checkIdentifier('path', name)).toEqual([]);
  expect(lines([AccessRule.password({ databases: [name], roles: [name] })]).at(-1)).toMatch(/^host ".*" ".*" all scram-sha-256$/);
});

test('the server reads every name that is not refused as it was given', () => {
  let accepted = 0;
  fc.assert(fc.property(fc.fullUnicodeString({ maxLength: 20 }), fc.fullUnicodeString({ maxLength: 20 }), (database, role) => {
    const rules = [AccessRule.password({ databases: [database], roles: [role] })];
    if (checkAccessRules(rules, false).length > 0) { return; }
    accepted++;
    expect(words(lines(rules).at(-1) ?? '')).toEqual(['host', database, role, 'all', 'scram-sha-256']);
    expect(words(identConf(role).split('\n')[1] ?? '')).toEqual(['superuser', 'postgres', role]);
  }), { seed: 1, numRuns: 2000 });
  expect(accepted).toBeGreaterThan(1000);
});

test('names and addresses that the server would misread are refused, all at once', () => {
  const rules = [
    AccessRule.password({ databases: ['ok', ''], roles: ['x'.repeat(64), '/^.*$'], from: 'localhost' }),
    AccessRule.passwordWithTls({ from: '::/129' }),
    AccessRule.reject({ roles: ['a\nhost all all all trust'] }),
  ];
  const range = 'an address range such as "10.0.0.0/8"';
  expect(checkAccessRules(rules, false)).toEqual([
    { path: 'engine.accessRules[0].databases[1]', got: '""', want: 'text that is not empty' },
    { path: 'engine.accessRules[0].roles[0]', got: `"${'x'.repeat(64)}"`, want: 'at most 63 bytes' },
    { path: 'engine.accessRules[0].roles[1]', got: '"/^.*$"', want: 'a name that does not begin with "/"' },
    { path: 'engine.accessRules[0].from', got: '"localhost"', want: range },
    { path: 'engine.accessRules[1].from', got: '"::/129"', want: range },
    { path: 'engine.accessRules[1]', got: 'AccessRule.passwordWithTls', want: '`tls` with a certificate' },
    { path: 'engine.accessRules[2].roles[0]', got: '"a\\nhost all all all trust"', want: 'one line of text' },
  ]);
  expect(checkAccessRules([AccessRule.passwordWithTls({ from: '10.0.0.0/8' })], true)).toEqual([]);
});

test('a name is counted in bytes', () => {
  expect(checkIdentifier('path', `${'ä'.repeat(31)}x`)).toEqual([]);
  expect(checkIdentifier('path', 'ä'.repeat(32))).toEqual([{ path: 'path', got: `"${'ä'.repeat(32)}"`, want: 'at most 63 bytes' }]);
});
