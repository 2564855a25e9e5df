import { Duration } from 'cdk8s';
import { BackupDestination } from 'cdk8s-stateful';
import { eventually } from '../harness/eventually';
import { TestNamespace } from '../harness/namespace';
import { untilReady } from '../harness/readiness';
import { newPassword } from '../harness/settings';

const IMAGE = process.env.TEST_RCLONE_IMAGE ?? 'docker.io/rclone/rclone:1.75';
const PORT = 9000;

/** What is wrong with the store. */
export interface StoreFault {
  /** At most so much a second: `300k`. */
  readonly bandwidth?: string;
}

/** An S3 server in a namespace of its own, which can be made full, slow, read-only, or be cut off. */
export class TestStore {
  /** With so much room for its objects. */
  public static async create(size: string = '2Gi'): Promise<TestStore> {
    const namespace = await TestNamespace.create('store');
    const store = new TestStore(namespace, newPassword(), newPassword());
    // In quotes: rclone reads the variable as a line of values with commas between them.
    await namespace.secret('keys', { RCLONE_AUTH_KEY: `"${store.id},${store.secret}"` });
    await namespace.kubectl.apply(list([claim(size), service(), pod({})]));
    await store.untilServing();
    return store;
  }

  private constructor(public readonly namespace: TestNamespace, private readonly id: string, private readonly secret: string) {}

  /** The image of rclone, for the backups too. */
  public get image(): string { return IMAGE; }

  /** Both halves of the key, of which none may be seen anywhere. */
  public get canaries(): string[] { return [this.id, this.secret]; }

  public destination(bucket: string = 'backups'): BackupDestination {
    return BackupDestination.s3({ bucket, endpoint: `http://s3.${this.namespace.name}.svc:${PORT}`, credentialsSecret: 's3' });
  }

  /** The Secret that the destination refers to, in another namespace. */
  public async introduce(namespace: TestNamespace): Promise<void> {
    await namespace.secret('s3', { 'access-key-id': this.id, 'secret-access-key': this.secret });
  }

  /** Starts the server anew, with something wrong, or as it should be. */
  public async become(fault: StoreFault): Promise<void> {
    await this.namespace.kubectl.run(['delete', 'pod', 's3', '--grace-period=1', '--ignore-not-found'], { timeout: Duration.minutes(2) });
    await this.namespace.kubectl.apply(list([pod(fault)]));
    await this.untilServing();
  }

  /** Runs a command where the objects are: `/data/<bucket>/…`. */
  public shell(script: string, ...args: string[]): Promise<string> {
    return this.namespace.kubectl.exec('s3', 's3', ['sh', '-c', script, ...args], { timeout: Duration.minutes(2) });
  }

  /** The names and checksums of all objects, in order. */
  public objects(): Promise<string> {
    return this.shell('cd /data && find . -type f -exec sha256sum {} + | sort -k 2');
  }

  /** The ids of the backups in a folder, oldest first. */
  public async backups(folder: string): Promise<string[]> {
    const names = await this.shell('ls "/data/backups/$0/manifests" 2>/dev/null || :', folder);
    return names.split('\n').filter(name => name !== '').map(name => name.replace('.json', '')).sort();
  }

  public async manifest(folder: string, id: string): Promise<{ [key: string]: unknown }> {
    return JSON.parse(await this.shell('cat "/data/backups/$0/manifests/$1.json"', folder, id)) as { [key: string]: unknown };
  }

  /** Nobody reaches it any more, or everybody again. */
  public async cut(off: boolean): Promise<void> {
    const policy = JSON.stringify({
      apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'cut' }, spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
    });
    await (off ? this.namespace.kubectl.apply(policy) : this.namespace.kubectl.run(['delete', 'networkpolicy', 'cut']));
  }

  private async untilServing(): Promise<void> {
    await untilReady(this.namespace.kubectl, 's3', Duration.minutes(3));
    await eventually('the bucket', { within: Duration.seconds(30) }, async () => (await this.shell('mkdir -p /data/backups && echo made')).trim());
  }
}

function list(items: object[]): string {
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
}

function claim(size: string): object {
  const storageClassName = process.env.TEST_SCRATCH_CLASS ?? 'standard';
  return { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'objects' }, spec: { accessModes: ['ReadWriteOnce'], storageClassName, resources: { requests: { storage: size } } } };
}

function service(): object {
  return { apiVersion: 'v1', kind: 'Service', metadata: { name: 's3' }, spec: { selector: { app: 's3' }, ports: [{ port: PORT }] } };
}

function pod({ bandwidth }: StoreFault): object {
  const env = { RCLONE_ADDR: `:${PORT}`, RCLONE_CACHE_DIR: '/tmp', RCLONE_VFS_CACHE_MODE: 'off', ...(bandwidth === undefined ? {} : { RCLONE_BWLIMIT: bandwidth }) };
  return {
    apiVersion: 'v1', kind: 'Pod', metadata: { name: 's3', labels: { app: 's3' } },
    spec: {
      automountServiceAccountToken: false,
      terminationGracePeriodSeconds: 1,
      securityContext: { runAsNonRoot: true, runAsUser: 1000, runAsGroup: 1000, fsGroup: 1000, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [{
        name: 's3', image: IMAGE, command: ['rclone', 'serve', 's3', '/data'],
        env: Object.entries(env).map(([name, value]) => ({ name, value })),
        envFrom: [{ secretRef: { name: 'keys' } }],
        readinessProbe: { tcpSocket: { port: PORT }, periodSeconds: 1 },
        resources: { requests: { cpu: '50m', memory: '128Mi' } },
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
        volumeMounts: [{ name: 'objects', mountPath: '/data' }, { name: 'tmp', mountPath: '/tmp' }],
      }],
      volumes: [{ name: 'objects', persistentVolumeClaim: { claimName: 'objects' } }, { name: 'tmp', emptyDir: { sizeLimit: '1Gi' } }],
    },
  };
}
