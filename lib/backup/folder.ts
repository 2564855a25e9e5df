import type { IConstruct } from 'constructs';
import { Problem, quote } from '../core/problems';
import { claimKey } from '../core/reservations';
import type { TransferSpec } from './transfer';

/** Claims a place in a destination for one schedule: two in one folder would remove each other's backups. */
export function reserveFolder(scope: IConstruct, { destination, folder }: TransferSpec): Problem[] {
  const place = [...destination.lines, destination.claim ?? '', destination.root, folder].join('|');
  const owner = claimKey(scope, `folder ${place}`);
  if (owner === undefined) { return []; }
  return [{ path: 'folder', got: quote(folder), want: 'a folder of its own in the destination', remedy: `this one belongs to "${owner}"` }];
}
