import { parse } from 'yaml';
import { Elasticsearch, MemberRequest } from '../../../lib';
import { REQUEST } from './request';

function settings(request: Partial<MemberRequest> = {}): { [name: string]: string } {
  return parse(Elasticsearch.v9().plan({ ...REQUEST, ...request }).files['elasticsearch.yml'] ?? '') as { [name: string]: string };
}

test('a single node that binds its transport to itself, with its users asked who they are', () => {
  expect(settings()).toEqual({
    'cluster.name': 'products',
    'node.name': 'products-0',
    'discovery.type': 'single-node',
    'http.host': '0.0.0.0',
    'http.port': '9200',
    'transport.host': '127.0.0.1',
    'path.data': '/usr/share/elasticsearch/data/elasticsearch',
    'path.logs': '/usr/share/elasticsearch/logs',
    'node.processors': '1',
    'node.store.allow_mmap': 'false',
    'action.destructive_requires_name': 'true',
    'xpack.security.enabled': 'true',
    'xpack.security.autoconfiguration.enabled': 'false',
    'xpack.security.enrollment.enabled': 'false',
    'xpack.security.http.ssl.enabled': 'false',
    'ingest.geoip.downloader.enabled': 'false',
    'xpack.ml.enabled': 'false',
  });
});

test('with a certificate all clients speak TLS', () => {
  expect(settings({ tls: true })).toMatchObject({
    'xpack.security.http.ssl.enabled': 'true', 'xpack.security.http.ssl.certificate': 'tls/tls.crt', 'xpack.security.http.ssl.key': 'tls/tls.key',
  });
});

test('the user\'s own settings replace what yields, once, and are text whatever they look like', () => {
  const own = { 'node.store.allow_mmap': 'true', 'node.attr.rack': 'r1: "a" # \\', 'node.processors': '3' };
  const text = Elasticsearch.v9().plan({ ...REQUEST, settings: own }).files['elasticsearch.yml'] ?? '';
  expect(settings({ settings: own })).toMatchObject(own);
  expect(text.match(/node\.processors/g)).toHaveLength(1);
  expect(text.indexOf('# Set by the user')).toBeLessThan(text.indexOf('node.processors'));
});

test('parts of a core make a whole thread', () => {
  expect([0.25, 1, 1.5, 8].map(cores => settings({ cores })['node.processors'])).toEqual(['1', '1', '2', '8']);
});

test('a server that may map its files wants the maps of its node, and is not started without them', () => {
  const needs = (value: string): [string, boolean][] => Elasticsearch.v9().plan({ ...REQUEST, settings: { 'node.store.allow_mmap': value } })
    .nodeRequirements.map(({ name, required }) => [name, required]);
  expect(needs('true')).toEqual([['vm.max_map_count', true], ['open files', false]]);
  expect(needs('false')).toEqual([['open files', false]]);
});

test('the application has indexes, and neither users nor the cluster', () => {
  expect(parse(Elasticsearch.v8().plan(REQUEST).files['roles.yml'] ?? '')).toEqual({
    app: { cluster: ['manage_ilm', 'manage_index_templates', 'manage_ingest_pipelines', 'monitor'], indices: [{ names: ['*'], privileges: ['all'] }] },
  });
});
