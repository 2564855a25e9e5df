import { Duration } from 'cdk8s';
import { Kubectl } from '../harness/kubectl';
import { Pod, untilReady } from '../harness/readiness';
import { SETTINGS } from '../harness/settings';

/** The port of the listener. */
export const LISTENER_PORT = 8080;

/** Starts a pod that takes connections from everybody, and returns its address. */
export async function startListener(kubectl: Kubectl, name: string): Promise<string> {
  const security = { runAsNonRoot: true, runAsUser: 999, runAsGroup: 999, seccompProfile: { type: 'RuntimeDefault' } };
  const container = {
    name: 'listener',
    image: SETTINGS.toolImage,
    command: ['httpd', '-f', '-p', `${LISTENER_PORT}`],
    readinessProbe: { tcpSocket: { port: LISTENER_PORT }, periodSeconds: 1 },
    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
  };
  const spec = { automountServiceAccountToken: false, terminationGracePeriodSeconds: 1, securityContext: security, containers: [container] };
  await kubectl.apply(JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name, labels: { app: name } }, spec }));
  await untilReady(kubectl, name, Duration.minutes(1));
  return addressOf(kubectl, name);
}

/** The address of a pod. */
export async function addressOf(kubectl: Kubectl, name: string): Promise<string> {
  const pod = await kubectl.json<Pod & { status: { podIP: string } }>(['get', 'pod', name]);
  return pod.status.podIP;
}
