import { Size } from 'cdk8s';
import { Cpu } from '../../lib';
import { companionResources, resources } from '../../lib/workload/resources';
import { PLAN } from './plan';

const SPEC = { memory: Size.gibibytes(2), cpu: Cpu.units(1), cpuLimit: undefined, scratch: [] };

test('memory is requested to its limit, and the processor is not limited', () => {
  expect(resources(SPEC)).toEqual({
    requests: { 'cpu': '1', 'memory': '2Gi', 'ephemeral-storage': '128Mi' },
    limits: { 'memory': '2Gi', 'ephemeral-storage': '128Mi' },
  });
});

test('a processor limit is set where one is wanted', () => {
  expect(resources({ ...SPEC, cpuLimit: Cpu.millis(1500) }).limits).toMatchObject({ cpu: '1500m' });
});

test('scratch folders on the disk count as ephemeral storage, those in memory do not', () => {
  expect(resources({ ...SPEC, scratch: PLAN.scratch }).requests).toMatchObject({ 'ephemeral-storage': '144Mi' });
});

test('a companion is limited in processor time where the server is', () => {
  const [companion] = PLAN.companions;
  if (companion === undefined) { throw new Error('no companion'); }
  expect(companionResources(companion, false)).toEqual({
    requests: { 'cpu': '10m', 'memory': '64Mi', 'ephemeral-storage': '128Mi' }, limits: { 'memory': '64Mi', 'ephemeral-storage': '128Mi' } });
  expect(companionResources(companion, true).limits).toMatchObject({ cpu: '100m' });
});
