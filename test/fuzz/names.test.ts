import { ApiObject, App, Chart } from 'cdk8s';
import * as fc from 'fast-check';
import { Credentials, DataSource, Exposure, Refusal, SingleInstanceDb } from '../../lib';
import { apiObjects, objects, Rendered, SMALLEST } from '../rendering';

const SUBDOMAIN = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
const LABEL_VALUE = /^(?:[A-Za-z0-9](?:[-_.A-Za-z0-9]*[A-Za-z0-9])?)?$/;
// What the API server takes (apimachinery/pkg/util/validation), and for StatefulSets what its controller can make pods of.
const RULES: { readonly [kind: string]: readonly [pattern: RegExp, longest: number] } = {
  ConfigMap: [SUBDOMAIN, 253], NetworkPolicy: [SUBDOMAIN, 253], PersistentVolumeClaim: [SUBDOMAIN, 253], ServiceAccount: [SUBDOMAIN, 253],
  Service: [/^[a-z](?:[-a-z0-9]*[a-z0-9])?$/, 63], StatefulSet: [/^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/, 52],
};
const SOURCES = [DataSource.empty(), DataSource.releasedVolumes({ data: 'pv-1' })];

/** The objects of one database, or of none if it is refused; an error of another kind fails the test. */
function attempt(chart: Chart, id: string, name?: string, source: DataSource = DataSource.empty()): ApiObject[] {
  try {
    return apiObjects(new SingleInstanceDb(chart, id, { ...SMALLEST, name, dataSource: source, network: { exposeOn: Exposure.nodePort(['10.0.0.0/8']) } }));
  } catch (error) {
    if (Refusal.problemsOf(error).length === 0) { throw error; }
    return [];
  }
}

function misnamed(all: readonly { readonly kind: string; readonly name: string }[]): string[] {
  return all.filter(({ kind, name }) => {
    const [pattern, longest] = RULES[kind] ?? [];
    return pattern === undefined || longest === undefined || !pattern.test(name) || name.length > longest;
  }).map(({ kind, name }) => `${kind} ${name}`);
}

function labelsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) { return []; }
  return Object.entries(value).flatMap(([key, inner]) => (
    ['labels', 'matchLabels'].includes(key) ? Object.values(inner as { [label: string]: string }) : labelsIn(inner)));
}

const letters = fc.stringOf(fc.constantFrom(...'abcxyz019-'), { minLength: 1, maxLength: 70 });
const texts = fc.oneof(
  { weight: 6, arbitrary: letters },
  { weight: 2, arbitrary: fc.constantFrom('null', 'true', 'yes', 'n', 'e1', 'orders', 'a'.repeat(52), 'a'.repeat(53), 'orders-0', 'x-', '') },
  { weight: 2, arbitrary: fc.fullUnicodeString({ maxLength: 60 }) },
);
// constructs has no child of such a name: it finds it in the prototype of its list.
const ids = texts.filter(id => id !== '' && !(id in {}));

test('ten thousand ids and names give valid names within their limits, or a refusal', () => {
  let made = 0;
  let refused = 0;
  fc.assert(fc.property(ids, fc.option(texts, { nil: undefined }), fc.constantFrom(...SOURCES), (id, name, source) => {
    const all = attempt(new Chart(new App(), 'test', { namespace: 'shop' }), id, name, source);
    if (all.length === 0) { refused++; return; }
    made++;
    expect(misnamed(all)).toEqual([]);
    expect(all.find(({ kind }) => kind === 'StatefulSet')?.name).toBe(name ?? id);
  }), { seed: 1, numRuns: 10_000 });
  expect(Math.min(made, refused)).toBeGreaterThan(1000);
});

test('of every valid name, all labels, claims, pods and volumes are valid, too', () => {
  const names = letters.filter(name => name.length <= 52 && /^[a-z].*[a-z0-9]$/.test(name));
  fc.assert(fc.property(names, fc.constantFrom(...SOURCES), (name, source) => {
    const chart = new Chart(new App(), 'test', { namespace: 'shop' });
    expect(attempt(chart, name, undefined, source)).not.toEqual([]);
    const all: Rendered[] = objects(chart);
    expect(labelsIn(all).filter(value => value.length > 63 || !LABEL_VALUE.test(value))).toEqual([]);
    // The labels that the controllers add, and the names that they make.
    expect([`${name}-0123456789`, `${name}-0`].filter(label => label.length > 63)).toEqual([]);
    expect(misnamed([{ kind: 'PersistentVolumeClaim', name: `data-${name}-0` }])).toEqual([]);
  }), { seed: 1, numRuns: 300 });
});

test('no two databases of one chart share an object, or the second is refused', () => {
  const suffixes = fc.array(fc.constantFrom('-members', '-external', '-config', '-scripts', '-credentials', '-0'), { maxLength: 2 });
  const names = fc.tuple(fc.constantFrom('a', 'b', 'data-a', 'wal-a'), suffixes).map(([stem, suffix]) => `${stem}${suffix.join('')}`);
  let accepted = 0;
  let refused = 0;
  fc.assert(fc.property(fc.uniqueArray(names, { minLength: 2, maxLength: 6 }), all => {
    const chart = new Chart(new App(), 'test', { namespace: 'shop' });
    const made = all.map(name => attempt(chart, name));
    const keys = made.flat().map(({ kind, name }) => `${kind}/${name}`);
    expect(new Set(keys).size).toBe(keys.length);
    accepted += made.filter(each => each.length > 0).length;
    refused += made.filter(each => each.length === 0).length;
  }), { seed: 1, numRuns: 1000 });
  expect(Math.min(accepted, refused)).toBeGreaterThan(50);
});

test.each([['orders', 'orders-members'], ['orders-members', 'orders'], ['orders', 'orders-external'], ['orders', 'orders']])('%s and %s are never in one namespace', (first, second) => {
  const chart = new Chart(new App(), 'test', { namespace: 'shop' });
  expect(attempt(chart, 'one', first)).not.toEqual([]);
  expect(attempt(chart, 'two', second)).toEqual([]);
  expect(attempt(new Chart(chart, 'other', { namespace: 'other' }), 'two', second)).not.toEqual([]);
});

test('the password of one database is not the password of another', () => {
  const app = new App();
  const made = ['orders', 'ledger'].map(name => new SingleInstanceDb(new Chart(app, name, { namespace: 'shop' }), name, SMALLEST).credentials.secretName);
  expect(made).toEqual(['orders-credentials', 'ledger-credentials']);
  const shared = new SingleInstanceDb(new Chart(app, 'third', { namespace: 'shop' }), 'third', { ...SMALLEST, credentials: Credentials.existingSecret('one') });
  expect(shared.credentials.secretName).toBe('one');
});
