import { warn } from '../../lib/core/warnings';
import { newChart, objects } from '../rendering';

test('a warning is shown once, is found in the metadata, and is in no manifest', () => {
  const emitted = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
  const chart = newChart();
  warn(chart, [{ code: 'old', message: 'this is old' }]);
  expect(emitted.mock.calls).toEqual([['test: this is old (old)', { type: 'cdk8s-stateful', code: 'old' }]]);
  expect(chart.node.metadata).toMatchObject([{ type: 'cdk8s-stateful:warning', data: 'old: this is old' }]);
  expect(objects(chart)).toEqual([]);
  emitted.mockRestore();
});
