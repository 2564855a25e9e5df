import { Size } from 'cdk8s';
import * as fc from 'fast-check';
import { bytes, clamp, mebibytes, quantity } from '../../lib/core/quantity';

const UNITS: { readonly [unit: string]: number } = { Ki: 1024, Mi: 1024 ** 2, Gi: 1024 ** 3, Ti: 1024 ** 4, Pi: 1024 ** 5, Ei: 1024 ** 6 };

test.each([
  [Size.mebibytes(512), '512Mi'],
  [Size.mebibytes(1024), '1Gi'],
  [Size.mebibytes(1536), '1536Mi'],
  [Size.gibibytes(1.5), '1536Mi'],
  [Size.gibibytes(1024), '1Ti'],
  [Size.tebibytes(1024), '1Pi'],
  [Size.kibibytes(1023), '1023Ki'],
  [Size.gibibytes(1.7), '1782579Ki'],
  [Size.kibibytes(0), '0Ki'],
])('%j is written as Kubernetes itself writes it: %s', (size, written) => {
  expect(quantity(size)).toBe(written);
});

test('a written size is the size, in the largest unit that holds it without a fraction', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 2 ** 43 }), kibibytes => {
    const [, amount = '', unit = ''] = /^(\d+)([A-Z]i)$/.exec(quantity(Size.kibibytes(kibibytes))) ?? [];
    expect(Number(amount) * (UNITS[unit] as number)).toBe(kibibytes * 1024);
    expect(unit === 'Ei' || Number(amount) % 1024 !== 0).toBe(true);
  }), { seed: 1 });
});

test('mebibytes are whole and never more than the size', () => {
  expect(mebibytes(Size.kibibytes(1025))).toBe(1);
  expect(mebibytes(Size.kibibytes(1023))).toBe(0);
  expect(mebibytes(Size.gibibytes(1.7))).toBe(1740);
});

test('bytes keep every fraction', () => {
  expect(bytes(Size.kibibytes(1.5))).toBe(1536);
  expect(bytes(Size.gibibytes(1))).toBe(2 ** 30);
});

test('a clamped number is within its bounds', () => {
  expect([clamp(1, 2, 3), clamp(2.5, 2, 3), clamp(4, 2, 3)]).toEqual([2, 2.5, 3]);
});
