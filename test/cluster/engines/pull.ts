import { Duration } from 'cdk8s';
import type { Kubectl } from '../harness/kubectl';
import type { ClientImage } from './profile';

/** Has every node pull an image, so that no figure holds the time of a download. */
export async function pullEverywhere(kubectl: Kubectl, { group, image, user }: ClientImage): Promise<void> {
  const labels = { app: 'pull' };
  await kubectl.apply(JSON.stringify({
    apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name: 'pull' },
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          automountServiceAccountToken: false,
          terminationGracePeriodSeconds: 0,
          tolerations: [{ operator: 'Exists' }],
          securityContext: { runAsNonRoot: true, runAsUser: user, runAsGroup: group, seccompProfile: { type: 'RuntimeDefault' } },
          containers: [{
            name: 'pull', image, command: ['sleep', '100000'],
            securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
          }],
        },
      },
    },
  }));
  await kubectl.run(['rollout', 'status', 'daemonset/pull', '--timeout=300s'], { timeout: Duration.minutes(6) });
  await kubectl.run(['delete', 'daemonset', 'pull', '--wait=false']);
}
