import { Problem, quote } from './problems';

/** An amount of processor time. cdk8s-plus' `Cpu` fits as well. */
export interface ICpu {
  /** The amount as Kubernetes writes it: `500m` or `2`. */
  readonly amount: string;
}

/** An amount of processor time. */
export class Cpu implements ICpu {
  /** Thousandths of one core. */
  public static millis(amount: number): Cpu { return new Cpu(`${amount}m`); }
  /** Whole or parts of cores. */
  public static units(amount: number): Cpu { return new Cpu(`${amount}`); }

  private constructor(public readonly amount: string) {}
}

/** The amount in cores; `undefined` when it is no positive amount in thousandths or cores. */
export function cores(cpu: ICpu): number | undefined {
  const match = /^(\d+(?:\.\d+)?)(m?)$/.exec(cpu.amount);
  if (match === null) { return undefined; }
  const value = Number(match[1]) / (match[2] === 'm' ? 1000 : 1);
  return value > 0 && Number.isInteger(Math.round(value * 1e6) / 1e3) ? value : undefined;
}

/** The amount as Kubernetes itself would write it: `1`, not `1000m`. */
export function cpuQuantity(cpu: ICpu): string {
  const millis = Math.round((cores(cpu) ?? 0) * 1000);
  return millis % 1000 === 0 ? `${millis / 1000}` : `${millis}m`;
}

/** Refuses what is no amount, or less than another one in cores. */
export function checkCpu(path: string, cpu: ICpu, atLeast: number = 0): Problem[] {
  const amount = cores(cpu);
  if (amount === undefined) { return [{ path, got: quote(cpu.amount), want: 'a positive amount, such as Cpu.millis(500) or Cpu.units(2)' }]; }
  return amount >= atLeast ? [] : [{ path, got: cpu.amount, want: 'at least as much as `resources.cpu`' }];
}
