import { Problem, quote } from '../core/problems';
import { sortedEntries, StringMap } from '../core/strings';
import type { OnDelete } from './on-delete';

/** Whether GitOps tools are told to leave what holds data. */
export class GitOps {
  /** Argo CD, Flux and Helm are told never to prune or delete claims. */
  public static readonly GUARDED = new GitOps({
    'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
    'helm.sh/resource-policy': 'keep',
    'kustomize.toolkit.fluxcd.io/prune': 'disabled',
  });

  /** No annotation for any tool. */
  public static readonly UNGUARDED = new GitOps({});

  private constructor(
    /** The annotations of what holds data. */
    public readonly annotations: { [key: string]: string },
  ) {}
}

/** The guards of the claims. Data that may be deleted needs none. */
export function guards(gitOps: GitOps, onDelete: OnDelete): StringMap {
  return onDelete.keepsData ? gitOps.annotations : {};
}

/** Refuses annotations that the guards would overwrite. */
export function checkGuards(path: string, annotations: StringMap, guarding: StringMap): Problem[] {
  return sortedEntries(annotations).filter(([key, value]) => Object.hasOwn(guarding, key) && guarding[key] !== value)
    .map(([key, value]) => ({ path: `${path}.${key}`, got: quote(value), want: quote(guarding[key] as string),
      remedy: 'or set it yourself, with GitOps.UNGUARDED' }));
}
