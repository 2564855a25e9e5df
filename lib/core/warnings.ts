import type { IConstruct } from 'constructs';
import { Problem, quote } from './problems';

/** Something that works, and that the user should know of at synth. */
export interface Warning {
  /** A stable name, for filters. */
  readonly code: string;
  /** What it is, and what to do. */
  readonly message: string;
}

/** Refuses the acknowledgement of a warning that there is not. */
export function checkAcknowledged(path: string, codes: string[], warnings: Warning[]): Problem[] {
  const given = warnings.map(({ code }) => code);
  const known = given.length === 0 ? 'nothing: there is no warning' : `one of ${given.join(', ')}`;
  return codes.flatMap((code, index) => (given.includes(code) ? [] : [{ path: `${path}[${index}]`, got: quote(code), want: known }]));
}

/** The warnings that were not acknowledged. */
export function unacknowledged(warnings: Warning[], codes: string[]): Warning[] {
  return warnings.filter(({ code }) => !codes.includes(code));
}

/**
 * Shows a warning at synth: on the standard error, and as the construct's metadata `cdk8s-stateful:warning`, which tools can read.
 *
 * It is never part of a manifest.
 */
export function warn(scope: IConstruct, warnings: Warning[]): void {
  for (const warning of warnings) {
    scope.node.addMetadata('cdk8s-stateful:warning', `${warning.code}: ${warning.message}`);
    process.emitWarning(`${scope.node.path}: ${warning.message} (${warning.code})`, { type: 'cdk8s-stateful', code: warning.code });
  }
}
