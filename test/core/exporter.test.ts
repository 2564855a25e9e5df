import { Exporter } from '../../lib';

const facts = ({ exporterImage, noneBecause, path, port }: Exporter): unknown => ({ exporterImage, noneBecause, path, port });

test('a program of its own has an image, a port and a path', () => {
  expect(facts(Exporter.image('example.com/exporter:1.2', { port: 9187 }))).toEqual({ exporterImage: 'example.com/exporter:1.2', port: 9187, path: '/metrics', noneBecause: undefined });
  expect(facts(Exporter.image('example.com/exporter:1.2', { port: 9187, path: '/figures' }))).toMatchObject({ path: '/figures' });
});

test('a server that has its figures itself has a port and a path, and no image', () => {
  expect(facts(Exporter.builtIn({ port: 8222 }))).toEqual({ exporterImage: undefined, port: 8222, path: '/metrics', noneBecause: undefined });
  expect(facts(Exporter.builtIn({ port: 8222, path: '/_prometheus' }))).toMatchObject({ path: '/_prometheus' });
});

test('where there is none, there is a reason, and nothing that could be asked', () => {
  expect(facts(Exporter.none('nobody keeps one'))).toEqual({ exporterImage: undefined, port: undefined, path: undefined, noneBecause: 'nobody keeps one' });
});
