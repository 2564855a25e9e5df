import { readFileSync } from 'fs';
import { join } from 'path';
import { Duration } from 'cdk8s';
import { Kubectl, Outcome } from './kubectl';
import { SETTINGS } from './settings';
import { untilReady } from './readiness';

const SCRIPTS = ['sessions.sh', 'sql.sh', 'writer.sh'];

export interface ClientOptions {
  /** The pod's name, and the value of its label `app`. */
  readonly name: string;
  /** The client's own copy of the password. */
  readonly password: string;
  /** What psql is told: host, user, database. */
  readonly connection: string;
  /** A node that it must not run on. */
  readonly notOn?: string;
}

/** A pod that has psql, under the "restricted" standard, with a read-only Secret of its own. */
export class ClientPod {
  public static async start(kubectl: Kubectl, options: ClientOptions): Promise<ClientPod> {
    await kubectl.apply(JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects(options) }));
    await untilReady(kubectl, options.name, Duration.minutes(2));
    return new ClientPod(kubectl, options);
  }

  private constructor(private readonly kubectl: Kubectl, public readonly options: ClientOptions) {}

  /** Runs SQL over the network and returns its unaligned rows; throws if it fails. */
  public async sql(statements: string): Promise<string> {
    const outcome = await this.trySql(statements);
    if (outcome.code !== 0) { throw new Error(`${statements}\nfailed with ${outcome.code}: ${outcome.stderr}${outcome.stdout}`); }
    return outcome.stdout.trim();
  }

  public trySql(statements: string): Promise<Outcome> {
    return this.try(['/scripts/sql.sh', this.options.connection], statements);
  }

  /** As trySql, with another password than the pod's. */
  public async trySqlAs(password: string, statements: string): Promise<Outcome> {
    await this.run(['bash', '-c', 'umask 077; cat > /tmp/other'], password);
    return this.try(['/scripts/sql.sh', this.options.connection, '/tmp/other'], statements);
  }

  /** Whether a TCP connection is made within two seconds. */
  public async reaches(host: string, port: number): Promise<boolean> {
    const outcome = await this.try(['timeout', '2', 'bash', '-c', ': < "/dev/tcp/$0/$1"', host, `${port}`]);
    return outcome.code === 0;
  }

  public run(command: string[], input?: string): Promise<string> {
    return this.kubectl.exec(this.options.name, 'client', command, { input, timeout: Duration.minutes(2) });
  }

  public try(command: string[], input?: string): Promise<Outcome> {
    return this.kubectl.tryExec(this.options.name, 'client', command, { input, timeout: Duration.minutes(2) });
  }
}

function objects(options: ClientOptions): object[] {
  const name = options.name;
  const scripts = Object.fromEntries(SCRIPTS.map(file => [file, readFileSync(join(__dirname, 'scripts', file), 'utf8')]));
  return [
    { apiVersion: 'v1', kind: 'Secret', metadata: { name }, stringData: { password: options.password } },
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `${name}-scripts` }, data: scripts },
    { apiVersion: 'v1', kind: 'Pod', metadata: { name, labels: { app: name } }, spec: podSpec(name, options.notOn) },
  ];
}

function podSpec(name: string, notOn: string | undefined): object {
  return {
    ...(notOn === undefined ? {} : { affinity: awayFrom(notOn) }),
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    terminationGracePeriodSeconds: 1,
    securityContext: { runAsNonRoot: true, runAsUser: 999, runAsGroup: 999, fsGroup: 999, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [{
      name: 'client',
      image: SETTINGS.image,
      command: ['sleep', 'infinity'],
      resources: { requests: { cpu: '10m', memory: '64Mi' } },
      securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
      volumeMounts: [
        { name: 'secret', mountPath: '/secret', readOnly: true },
        { name: 'scripts', mountPath: '/scripts', readOnly: true },
        { name: 'tmp', mountPath: '/tmp' },
      ],
    }],
    volumes: [
      { name: 'secret', secret: { secretName: name, defaultMode: 0o440 } },
      { name: 'scripts', configMap: { name: `${name}-scripts`, defaultMode: 0o555 } },
      { name: 'tmp', emptyDir: { sizeLimit: '256Mi' } },
    ],
  };
}

function awayFrom(node: string): object {
  const matchExpressions = [{ key: 'kubernetes.io/hostname', operator: 'NotIn', values: [node] }];
  return { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions }] } } };
}
