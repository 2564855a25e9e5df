import { readFileSync } from 'fs';
import { join } from 'path';
import { Duration } from 'cdk8s';
import type { Connection } from 'cdk8s-stateful';
import { Kubectl, Outcome } from '../harness/kubectl';
import { untilReady } from '../harness/readiness';
import type { ClientImage } from './profile';

const SCRIPT = '/scripts/client.sh';
const FOLDER = '/tmp/load';
const WRONG = '/tmp/wrong';

export interface EngineClientOptions extends ClientImage {
  /** The pod's name, and the value of its label `app`. */
  readonly name: string;
  /** The engine, whose script in clients/ is run. */
  readonly engine: string;
  readonly connection: Connection;
}

/** A pod that speaks an engine's language by the script of its name, under the "restricted" standard, with the password as a file. */
export class EngineClient {
  public static async start(kubectl: Kubectl, options: EngineClientOptions): Promise<EngineClient> {
    await kubectl.apply(JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [scripts(options), pod(options)] }));
    await untilReady(kubectl, options.name, Duration.minutes(3));
    return new EngineClient(kubectl, options.name);
  }

  private constructor(private readonly kubectl: Kubectl, private readonly name: string) {}

  public async write(key: string, value: string): Promise<void> {
    await this.run([SCRIPT, 'write', key, value]);
  }

  public async read(key: string): Promise<string> {
    return (await this.run([SCRIPT, 'read', key])).trim();
  }

  /** Writes with a password that is nobody's. */
  public async writeWithWrongPassword(key: string, value: string): Promise<Outcome> {
    return this.try(['bash', '-c', `umask 077; printf %s wrong-password > ${WRONG}; PASSWORD_FILE=${WRONG} timeout 60 ${SCRIPT} write "$0" "$1"`, key, value]);
  }

  /** Whether a TCP connection is made within two seconds. */
  public async reaches(host: string, port: number): Promise<boolean> {
    return (await this.try(['timeout', '2', 'bash', '-c', ': < "/dev/tcp/$0/$1"', host, `${port}`])).code === 0;
  }

  /** Begins to write numbers, and goes on until the end. */
  public async startLoad(): Promise<void> {
    await this.run(['bash', '-c', `mkdir ${FOLDER}; setsid ${SCRIPT} load ${FOLDER}/acknowledged < /dev/null > ${FOLDER}/log 2>&1 &`]);
  }

  public acknowledged(): Promise<string> {
    return this.run(['bash', '-c', `cat ${FOLDER}/acknowledged 2> /dev/null || :`]);
  }

  public lastAcknowledged(): Promise<string> {
    return this.run(['bash', '-c', `tail -n 1 ${FOLDER}/acknowledged 2> /dev/null || :`]);
  }

  /** What the load complained of, for whoever has to find out why there is none. */
  public complaints(): Promise<string> {
    return this.run(['bash', '-c', `tail -n 20 ${FOLDER}/log 2> /dev/null || :`]);
  }

  /** Every number that is stored. */
  public async numbers(): Promise<string[]> {
    return (await this.run([SCRIPT, 'list'])).split('\n').map(line => line.trim()).filter(line => line !== '');
  }

  /** The client's clock, which is that of the acknowledgements. */
  public async now(): Promise<number> {
    return Number(await this.run(['bash', '-c', 'echo "$EPOCHREALTIME"']));
  }

  private run(command: string[]): Promise<string> {
    return this.kubectl.exec(this.name, 'client', command, { timeout: Duration.minutes(3) });
  }

  private try(command: string[]): Promise<Outcome> {
    return this.kubectl.tryExec(this.name, 'client', command, { timeout: Duration.minutes(3) });
  }
}

function scripts({ engine, name }: EngineClientOptions): object {
  const text = readFileSync(join(__dirname, 'clients', `${engine}.sh`), 'utf8');
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `${name}-scripts` }, data: { 'client.sh': text } };
}

function pod({ connection, group, image, name, user }: EngineClientOptions): object {
  const { database, host, passwordKey, port, secretName, username } = connection;
  const environment = { HOST: host, PORT: `${port}`, DATABASE: database, USERNAME: username, PASSWORD_FILE: `/secret/${passwordKey || 'none'}` };
  return {
    apiVersion: 'v1', kind: 'Pod', metadata: { name, labels: { app: name } },
    spec: {
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      terminationGracePeriodSeconds: 1,
      securityContext: { runAsNonRoot: true, runAsUser: user, runAsGroup: group, fsGroup: group, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [{
        name: 'client',
        image,
        command: ['sleep', 'infinity'],
        env: Object.entries({ ...environment, HOME: '/tmp' }).map(([key, value]) => ({ name: key, value })),
        resources: { requests: { cpu: '10m', memory: '64Mi' } },
        securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
        volumeMounts: [
          ...(passwordKey === '' ? [] : [{ name: 'secret', mountPath: '/secret', readOnly: true }]),
          { name: 'scripts', mountPath: '/scripts', readOnly: true },
          { name: 'tmp', mountPath: '/tmp' },
        ],
      }],
      volumes: [
        ...(passwordKey === '' ? [] : [{ name: 'secret', secret: { secretName, defaultMode: 0o440, items: [{ key: passwordKey, path: passwordKey }] } }]),
        { name: 'scripts', configMap: { name: `${name}-scripts`, defaultMode: 0o555 } },
        { name: 'tmp', emptyDir: { sizeLimit: '512Mi' } },
      ],
    },
  };
}
