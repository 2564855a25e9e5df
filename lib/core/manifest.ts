import type { ApiObjectProps } from 'cdk8s';

/** A whole Kubernetes object as a builder returns it. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
}

/** The same object as cdk8s takes it: the builders' types are read-only all the way down, cdk8s' are not. */
export function propsOf(manifest: Manifest): ApiObjectProps {
  return manifest;
}
