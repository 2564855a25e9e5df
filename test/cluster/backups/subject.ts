import { App, Chart, Cron, Duration, Size } from 'cdk8s';
import {
  BackupSchedule, BackupScheduleProps, BackupStore, BackupUser, Cpu, DataSource, RecoveryTarget, Retention, SingleInstanceDb, SingleInstanceDbProps, StorageClassRef,
} from 'cdk8s-stateful';
import { pullEverywhere } from '../engines/pull';
import { recordServer } from '../harness/figures';
import type { Kubectl } from '../harness/kubectl';
import { TestNamespace } from '../harness/namespace';
import { containerStatus, Pod, untilReady } from '../harness/readiness';
import { newPassword, SETTINGS } from '../harness/settings';
import { JobEnd, play } from './jobs';
import type { BackupProfile } from './profile';
import type { TestStore } from './store';

const NAME = 'orders';
/** The name of the CronJob. */
export const SCHEDULE = 'orders-nightly';
/** The Secret of the backup's own copy of the password, which can be wrong while the database's is right. */
export const LOGIN = 'backup-login';

/** A database and its backups in a namespace of their own. */
export class BackupSubject {
  /** The database that is backed up. */
  public static async source(profile: BackupProfile, store: TestStore, more: Partial<BackupScheduleProps> = {}): Promise<BackupSubject> {
    const subject = new BackupSubject(profile, store, await TestNamespace.create(`${profile.engine.name}-bak`), more, undefined);
    await subject.prepare();
    return subject;
  }

  /** A new database in a namespace of its own, which begins with a backup of another one; only the store leads from one to the other. */
  public static async restored(source: BackupSubject, at: RecoveryTarget = RecoveryTarget.latest()): Promise<BackupSubject> {
    const { folder, profile, store } = source;
    const { encryption } = source.more;
    const backups = BackupStore.at({ engine: profile.engine, destination: store.destination(), folder, encryption, transferImage: store.image });
    const namespace = await TestNamespace.create(`${profile.engine.name}-new`);
    const subject = new BackupSubject(profile, store, namespace, source.more, DataSource.backup(backups, { at }));
    await subject.prepare();
    return subject;
  }

  public readonly kubectl: Kubectl;
  public readonly manifests: string;
  public readonly pod = `${NAME}-0`;
  public readonly container: string;
  /** The folder of the backups in the store. */
  public readonly folder: string;
  /** What must be seen nowhere. */
  public readonly canaries: string[] = [];
  private readonly passwordKey: string;
  private password = '';
  private count = 0;

  private constructor(
    public readonly profile: BackupProfile, public readonly store: TestStore, public readonly namespace: TestNamespace,
    private readonly more: Partial<BackupScheduleProps>, source: DataSource | undefined,
  ) {
    const app = new App();
    const chart = new Chart(app, 'shop', { namespace: namespace.name });
    this.kubectl = namespace.kubectl;
    this.container = profile.engine.name;
    const database = new SingleInstanceDb(chart, NAME, { ...databaseProps(profile), dataSource: source });
    const schedule = new BackupSchedule(chart, SCHEDULE, {
      database, destination: store.destination(), schedule: Cron.schedule({ minute: '0', hour: '3' }), suspend: true,
      retention: Retention.last(3), scratch: { size: Size.gibibytes(2) }, timeout: Duration.minutes(10), retries: 0, transferImage: store.image,
      user: login(profile, database), ...profile.backup, ...more,
    });
    this.passwordKey = login(profile, database).passwordKey;
    this.folder = schedule.folder;
    this.manifests = app.synthYaml();
  }

  public apply(): Promise<string> { return this.kubectl.apply(this.manifests); }

  public async untilReady(): Promise<void> {
    await untilReady(this.kubectl, this.pod, this.profile.readyWithin ?? Duration.minutes(4));
  }

  /** A backup, made now. */
  public backup(within: Duration = Duration.minutes(8)): Promise<JobEnd> {
    this.count += 1;
    return play(this.kubectl, SCHEDULE, `run-${this.count}`, within);
  }

  /** Gives the backup this password, or the right one. */
  public async login(password: string = this.password): Promise<void> {
    await this.namespace.secret(LOGIN, { [this.passwordKey]: password });
  }

  /** The pod of a run. */
  public async podOf(job: string): Promise<string> {
    const name = await this.kubectl.run(['get', 'pods', '--selector', `job-name=${job}`, '--output', 'jsonpath={.items[0].metadata.name}']);
    if (name === '') { throw new Error(`${job} has no pod yet`); }
    return name;
  }

  /** Whether a container of a run's pod runs. */
  public async runs(pod: string, container: string): Promise<boolean> {
    return containerStatus(await this.kubectl.json<Pod>(['get', 'pod', pod]), container).state.running !== undefined;
  }

  /** Runs one of the profile's commands in the server's container. */
  public do(command: string[], ...args: string[]): Promise<string> {
    return this.kubectl.exec(this.pod, this.container, [...command, ...args], { timeout: Duration.minutes(9) });
  }

  public fingerprint(): Promise<string> { return this.do(this.profile.fingerprint); }

  public log(container: string): Promise<string> {
    return this.kubectl.run(['logs', this.pod, '--container', container]);
  }

  /** Notes in the report which server this is. */
  public async record(): Promise<void> {
    const { image, imageID } = containerStatus(await this.kubectl.json<Pod>(['get', 'pod', this.pod]), this.container);
    const printed = await this.do(this.profile.version);
    recordServer(`${this.profile.engine.name}: ${printed.trim().split('\n')[0] ?? ''}`, `${image} ${imageID}`);
  }

  private async prepare(): Promise<void> {
    const keys = ['password', ...this.profile.secretKeys ?? []];
    const secrets = Object.fromEntries(keys.map(key => [key, newPassword()]));
    this.canaries.push(...Object.values(secrets), ...this.store.canaries);
    await this.namespace.secret(`${NAME}-credentials`, secrets);
    this.password = secrets[this.passwordKey] as string;
    await this.login();
    await this.store.introduce(this.namespace);
    if (this.more.encryption !== undefined) { await this.namespace.secret(this.more.encryption.secretName, { [this.more.encryption.key]: PASSPHRASE }); }
    const number = (name: string): number => Number(new RegExp(`${name}: (\\d+)`).exec(this.manifests)?.[1]);
    await pullEverywhere(this.kubectl, { image: this.profile.image, user: number('runAsUser'), group: number('runAsGroup') });
  }
}

function login({ backupLogin, engine }: BackupProfile, { connection }: SingleInstanceDb): BackupUser {
  const { username = connection.username, passwordKey = connection.passwordKey } = engine.backupSupport.tools.find(({ dump }) => dump !== undefined)?.dump?.login ?? {};
  return { name: username, passwordKey, secretName: LOGIN, ...backupLogin };
}

// The same in every namespace: a backup is read with the passphrase that it was made with.
const PASSPHRASE = newPassword();

function databaseProps(profile: BackupProfile): SingleInstanceDbProps {
  return {
    engine: profile.engine,
    image: profile.image,
    storage: { size: Size.gibibytes(4), storageClass: StorageClassRef.named(SETTINGS.storageClass) },
    resources: { memory: Size.gibibytes(1), cpu: Cpu.millis(250) },
    ...profile.props,
  };
}
