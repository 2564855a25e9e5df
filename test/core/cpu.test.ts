import { cores, Cpu, cpuQuantity } from '../../lib/core/cpu';

test.each([
  [Cpu.millis(500), 0.5, '500m'],
  [Cpu.millis(1000), 1, '1'],
  [Cpu.millis(1500), 1.5, '1500m'],
  [Cpu.millis(1), 0.001, '1m'],
  [Cpu.units(2), 2, '2'],
  [Cpu.units(0.25), 0.25, '250m'],
  [{ amount: '2.0' }, 2, '2'],
])('%j is %d cores and is written as %s', (cpu, amount, written) => {
  expect(cores(cpu)).toBe(amount);
  expect(cpuQuantity(cpu)).toBe(written);
});

test.each([
  Cpu.millis(0), Cpu.units(0), Cpu.units(-1), Cpu.units(Number.NaN), Cpu.units(Infinity), Cpu.units(1e-7), Cpu.units(1e21), Cpu.millis(0.5), Cpu.units(0.0001),
  { amount: '' }, { amount: '1 ' }, { amount: '1k' }, { amount: '.5' }, { amount: '0x1' },
])('%j is no amount', cpu => {
  expect(cores(cpu)).toBeUndefined();
});
