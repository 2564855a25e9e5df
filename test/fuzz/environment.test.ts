import * as fc from 'fast-check';
import type { EnvVar } from '../../imports/kubernetes/core-v1';
import { Postgres, Refusal } from '../../lib';
import { serverContainer } from '../../lib/workload/containers';
import { find, render } from '../rendering';
import { PLAN } from '../workload/plan';

/**
 * What the kubelet makes of a value: a word in `$(…)` that is the name of an earlier variable is replaced by it, `$$` is one
 * dollar, and everything else stays (k8s.io/kubernetes/third_party/forked/golang/expansion).
 */
function expand(value: string, earlier: ReadonlyMap<string, string>): string {
  let result = '';
  for (let at = 0; at < value.length; at++) {
    const next = value[at + 1];
    const end = value.indexOf(')', at);
    if (value[at] !== '$' || next === undefined) {
      result += value[at];
    } else if (next === '$') {
      result += '$';
      at++;
    } else if (next === '(' && end !== -1) {
      const name = value.slice(at + 2, end);
      result += earlier.get(name) ?? `$(${name})`;
      at = end;
    } else {
      result += `$${next}`;
      at++;
    }
  }
  return result;
}

/** The environment of the process in the container. */
function processEnvironment(env: readonly EnvVar[]): { [name: string]: string } {
  const known = new Map<string, string>();
  for (const { name, value } of env) { known.set(name, expand(value ?? '', known)); }
  return Object.fromEntries(known);
}

function received(environment: { readonly [name: string]: string }): { [name: string]: string } {
  const spec = { containerSecurity: {}, imagePullPolicy: '', serverResources: {}, companionResources: () => ({}), secretMounts: [], hasWal: false, setsNode: false };
  return processEnvironment(serverContainer(spec, { ...PLAN, environment }).env ?? []);
}

test.each([
  ['$(A)', 'a'], ['$$(A)', '$(A)'], ['$$$(A)', '$a'], ['$(B)', '$(B)'], ['$A', '$A'], ['$', '$'], ['a$', 'a$'], ['$(', '$('], ['$(A', '$(A'], ['$$', '$'], ['$()', '$()'],
  ['$(A)$(A)', 'aa'], ['$($(A))', '$($(A))'], ['\n$(A)\n', '\na\n'],
])('the kubelet makes %j into %j', (value, expanded) => {
  expect(expand(value, new Map([['A', 'a']]))).toBe(expanded);
});

test.each(['$(A)', '$$(A)', '$$$(A)', '$', '$$', '$$$', 'a$b', '$(', '$(A', '$()', '$A', '${A}', '$(id)', '$&', '$1', '$\'', '$`'])('%j reaches the process unchanged', value => {
  expect(received({ A: 'other', B: value })).toEqual({ A: 'other', B: value });
});

test('every value of every environment reaches the process unchanged', () => {
  const values = fc.oneof(fc.fullUnicodeString(), fc.stringOf(fc.constantFrom('$', '(', ')', 'A', 'B', '{', '}', ' '), { maxLength: 12 }));
  const names = fc.constantFrom('A', 'B', 'C', 'AB', '_');
  fc.assert(fc.property(fc.dictionary(names, values, { maxKeys: 5 }), environment => {
    expect(received(environment)).toEqual({ ...environment });
  }), { seed: 1, numRuns: 5000 });
});

test('the name of a superuser reaches every container unchanged, through the whole library', () => {
  let reached = 0;
  const names = fc.stringOf(fc.constantFrom('$', '(', ')', 'PGDATA', 'LOCALE', 'x', '"', ' '), { minLength: 1, maxLength: 10 });
  fc.assert(fc.property(names, superuser => {
    const engine = Postgres.v17({ superuser });
    try { render({ engine }); } catch (error) {
      expect(Refusal.problemsOf(error)).not.toEqual([]);
      return;
    }
    const { containers } = find(render({ engine }), 'StatefulSet').spec.template.spec as { containers: { env: EnvVar[] }[] };
    const environments = containers.map(({ env }) => processEnvironment(env));
    expect([environments[0]?.DB_SUPERUSER, environments[1]?.PGUSER]).toEqual([superuser, superuser]);
    reached++;
  }), { seed: 1, numRuns: 200 });
  expect(reached).toBeGreaterThan(100);
});

test('no command has a dollar, which the kubelet would expand as well', () => {
  const { containers } = find(render({ engine: Postgres.v17({ superuser: '$(PGDATA)' }) }), 'StatefulSet').spec.template.spec as { containers: { command: string[]; args?: string[] }[] };
  expect(containers.map(({ command }) => command.length)).toEqual([1, 1]);
  expect(containers.flatMap(({ command, args }) => [...command, ...args ?? []]).filter(word => word.includes('$'))).toEqual([]);
});
