import { Size, SizeRoundingBehavior } from 'cdk8s';

/** A size in whole mebibytes, rounded down: what is derived from a limit must never exceed it. */
export function mebibytes(size: Size): number {
  return Math.floor(size.toMebibytes({ rounding: SizeRoundingBehavior.NONE }));
}

/** A size in bytes, for comparisons. */
export function bytes(size: Size): number {
  return size.toKibibytes({ rounding: SizeRoundingBehavior.NONE }) * 1024;
}

/** The number within the bounds. */
export function clamp(value: number, lowest: number, highest: number): number {
  return Math.min(Math.max(value, lowest), highest);
}

/** A size as Kubernetes itself would write it, so that what the API server returns is what was applied: `1536Mi`, not `1.5Gi`. */
export function quantity(size: Size): string {
  let amount = Math.floor(size.toKibibytes({ rounding: SizeRoundingBehavior.NONE }));
  const units = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
  while (units.length > 1 && amount > 0 && amount % 1024 === 0) {
    amount /= 1024;
    units.shift();
  }
  return `${amount}${units[0] as string}`;
}
