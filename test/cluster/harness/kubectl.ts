import { spawn } from 'child_process';
import { Duration } from 'cdk8s';

/** What a command printed, and how it ended. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** Goes to the command's standard input, which is empty otherwise. */
  readonly input?: string;
  /** @default Duration.seconds(60) */
  readonly timeout?: Duration;
}

/** kubectl, as the users have it: the program in the PATH, with the KUBECONFIG of the environment. */
export class Kubectl {
  constructor(private readonly namespace?: string) {}

  public in(namespace: string): Kubectl {
    return new Kubectl(namespace);
  }

  /** Runs kubectl and returns how it ended, whatever that was. Only a timeout throws. */
  public try(args: string[], options: RunOptions = {}): Promise<Outcome> {
    const scope = this.namespace === undefined ? [] : ['--namespace', this.namespace];
    return run('kubectl', [...scope, ...args], options);
  }

  /** Runs kubectl and returns its standard output; throws with all that it said if it fails. */
  public async run(args: string[], options: RunOptions = {}): Promise<string> {
    const outcome = await this.try(args, options);
    if (outcome.code !== 0) {
      throw new Error(`kubectl ${args.join(' ')}\nfailed with ${outcome.code}: ${outcome.stderr}${outcome.stdout}`);
    }
    return outcome.stdout;
  }

  public async json<T>(args: string[], options: RunOptions = {}): Promise<T> {
    return JSON.parse(await this.run([...args, '--output', 'json'], options)) as T;
  }

  /** Applies YAML as a user does, and returns a line for each object. */
  public apply(manifest: string, ...flags: string[]): Promise<string> {
    return this.run(['apply', ...flags, '--filename', '-'], { input: manifest });
  }

  public delete(manifest: string, ...flags: string[]): Promise<string> {
    return this.run(['delete', ...flags, '--filename', '-'], { input: manifest, timeout: Duration.minutes(3) });
  }

  public wait(target: string, condition: string, timeout: Duration): Promise<string> {
    const seconds = timeout.toSeconds();
    return this.run(['wait', target, `--for=${condition}`, `--timeout=${seconds}s`], { timeout: Duration.seconds(seconds + 10) });
  }

  public exec(pod: string, container: string, command: string[], options: RunOptions = {}): Promise<string> {
    return this.run(execArgs(pod, container, command, options), options);
  }

  public tryExec(pod: string, container: string, command: string[], options: RunOptions = {}): Promise<Outcome> {
    return this.try(execArgs(pod, container, command, options), options);
  }
}

function execArgs(pod: string, container: string, command: string[], options: RunOptions): string[] {
  const stdin = options.input === undefined ? [] : ['--stdin'];
  return ['exec', ...stdin, pod, '--container', container, '--', ...command];
}

/** Runs a program to its end. */
export function run(program: string, args: string[], options: RunOptions = {}): Promise<Outcome> {
  const timeout = options.timeout ?? Duration.seconds(60);
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    const late = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`${program} ${args.join(' ')}\ntook longer than ${timeout.toHumanString()}: ${text(stderr)}${text(stdout)}`));
    }, timeout.toMilliseconds());
    child.stdout.on('data', (data: Buffer) => stdout.push(data));
    child.stderr.on('data', (data: Buffer) => stderr.push(data));
    child.on('error', error => { clearTimeout(late); reject(error); });
    child.on('close', (code, signal) => {
      clearTimeout(late);
      resolve({ code: code ?? 128, stdout: text(stdout), stderr: signal ? `${text(stderr)}(${signal})` : text(stderr) });
    });
    child.stdin.on('error', () => undefined); // the program may end without reading its input
    child.stdin.end(options.input ?? '');
  });
}

function text(chunks: Buffer[]): string {
  return Buffer.concat(chunks).toString('utf8');
}
