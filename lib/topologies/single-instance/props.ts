import type { IEngine } from '../../core/engine';
import type { DatabaseProps } from '../database-props';

/** Properties of `SingleInstanceDb`. */
export interface SingleInstanceDbProps extends DatabaseProps {
  /** The server and its version: `Postgres.v17()`. */
  readonly engine: IEngine;
}
