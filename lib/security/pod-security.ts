import type { PodSecurityContext, SecurityContext } from '../../imports/kubernetes/core-v1';

/** Who owns the data. */
export interface OwnerSpec {
  readonly user: number;
  readonly group: number;
}

/** The pod's half of the restricted standard. */
export function podSecurity(owner: OwnerSpec): PodSecurityContext {
  return {
    fsGroup: owner.group,
    // "Always" changes the owner of every file at every start, which takes hours on a volume of terabytes.
    fsGroupChangePolicy: 'OnRootMismatch',
    runAsGroup: owner.group,
    runAsNonRoot: true,
    runAsUser: owner.user,
    seccompProfile: { type: 'RuntimeDefault' },
  };
}

/** Each container's half of the restricted standard, and a root file system that nothing can be written to. */
export function containerSecurity(owner: OwnerSpec): SecurityContext {
  return {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    privileged: false,
    readOnlyRootFilesystem: true,
    runAsGroup: owner.group,
    runAsNonRoot: true,
    runAsUser: owner.user,
    seccompProfile: { type: 'RuntimeDefault' },
  };
}
