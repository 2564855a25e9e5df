import type { IConstruct } from 'constructs';
import { Problem, quote } from './problems';

const taken = new WeakMap<IConstruct, Map<string, string>>();

/** Claims anything for the whole app, and returns the path of the construct that has it already, if there is one. */
export function claimKey(scope: IConstruct, key: string): string | undefined {
  const owners = taken.get(scope.node.root) ?? new Map<string, string>();
  taken.set(scope.node.root, owners);
  if (!owners.has(key)) { owners.set(key, scope.node.path); }
  const owner = owners.get(key);
  return owner === scope.node.path ? undefined : owner;
}

/**
 * Claims objects, as `Kind/name`, in a namespace for the whole app.
 *
 * Two constructs may collide although their names differ: the members' Service of `orders` is the Service of `orders-members`.
 */
export function reserve(scope: IConstruct, namespace: string | undefined, name: string, objects: string[]): Problem[] {
  const owners = taken.get(scope.node.root) ?? new Map<string, string>();
  taken.set(scope.node.root, owners);
  const keys = objects.map(key => `${namespace ?? ''}/${key}`);
  const clash = keys.find(key => owners.has(key));
  if (clash !== undefined) {
    const [, kind, object] = clash.split('/');
    return [{ path: 'name', got: quote(name), want: 'a name of its own in the namespace',
      remedy: `the ${kind} "${object}" belongs to "${owners.get(clash)}"` }];
  }
  keys.forEach(key => owners.set(key, scope.node.path));
  return [];
}
