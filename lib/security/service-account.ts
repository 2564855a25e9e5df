import type { ServiceAccount } from '../../imports/kubernetes/core-v1';
import type { StringMap } from '../core/strings';

/** A ServiceAccount of the database's own, without a token: the pods have nothing to say to the API server. */
export function serviceAccount(name: string, labels: StringMap, annotations: StringMap = {}): ServiceAccount {
  const metadata = { name, labels, ...(Object.keys(annotations).length === 0 ? {} : { annotations }) };
  return { apiVersion: 'v1', kind: 'ServiceAccount', metadata, automountServiceAccountToken: false };
}
