import type { IConstruct } from 'constructs';

/** Something that works, and that the user should know of at synth. */
export interface Warning {
  /** A stable name, for filters. */
  readonly code: string;
  /** What it is, and what to do. */
  readonly message: string;
}

/**
 * Shows a warning at synth: on the standard error, and as the construct's metadata `cdk8s-stateful:warning`, which tools can read.
 *
 * It is never part of a manifest.
 */
export function warn(scope: IConstruct, warnings: Warning[]): void {
  for (const warning of warnings) {
    scope.node.addMetadata('cdk8s-stateful:warning', `${warning.code}: ${warning.message}`);
    process.emitWarning(`${scope.node.path}: ${warning.message}`, { type: 'cdk8s-stateful', code: warning.code });
  }
}
