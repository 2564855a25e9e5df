import { Duration } from 'cdk8s';
import { Kubectl } from '../harness/kubectl';
import { SETTINGS } from '../harness/settings';

/** Where clouds answer with credentials of the node, and what answers there on a cluster that is in no cloud. */
export const METADATA_ADDRESS = '169.254.169.254';

const NAME = 'metadata-service';
const SERVE = `ip addr add ${METADATA_ADDRESS}/32 dev lo; trap 'ip addr del ${METADATA_ADDRESS}/32 dev lo; exit 0' TERM; httpd -f -p ${METADATA_ADDRESS}:80 & wait`;

/** Something that answers at the address of the metadata service, on every node, until it is removed. Never in a cloud. */
export class MetadataService {
  /** @param kubectl of a namespace that takes privileged pods */
  public static async start(kubectl: Kubectl): Promise<MetadataService> {
    await kubectl.apply(JSON.stringify(daemonSet()));
    await kubectl.run(['rollout', 'status', `daemonset/${NAME}`, '--timeout=60s'], { timeout: Duration.seconds(90) });
    return new MetadataService(kubectl);
  }

  private constructor(private readonly kubectl: Kubectl) {}

  public async remove(): Promise<void> {
    await this.kubectl.run(['delete', 'daemonset', NAME, '--cascade=foreground', '--wait'], { timeout: Duration.minutes(1) });
  }
}

function daemonSet(): object {
  const labels = { app: NAME };
  const container = { name: 'serve', image: SETTINGS.toolImage, command: ['sh', '-c', SERVE], securityContext: { privileged: true } };
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: NAME },
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { hostNetwork: true, terminationGracePeriodSeconds: 5, tolerations: [{ operator: 'Exists' }], containers: [container] },
      },
    },
  };
}
