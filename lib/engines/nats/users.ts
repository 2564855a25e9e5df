import type { ClientPlan } from '../../core/member-plan';
import { Problem, quote } from '../../core/problems';
import { checkLine, checkSecretKey, StringMap } from '../../core/strings';
import type { NatsOptions, NatsUser } from './options';

/** A user with nothing left to decide. */
export interface UserSpec {
  readonly name: string;
  readonly passwordKey: string;
  /** None: every subject. */
  readonly publish: string[] | undefined;
  readonly subscribe: string[] | undefined;
}

/** Fills in what was not said. */
export function resolveUsers(options: NatsOptions): UserSpec[] {
  const users: NatsUser[] = options.users ?? [{ name: 'app' }];
  return users.map(({ name, passwordKey, publish, subscribe }, index) => (
    { name, passwordKey: passwordKey ?? (index === 0 ? 'password' : `${name}-password`), publish, subscribe }));
}

/**
 * users.list: per line the key of a password and the user that it belongs to, in the server's syntax.
 *
 * A script puts the passwords to it, in memory: the server reads them from its own configuration only.
 */
export function usersList(users: UserSpec[]): string {
  return users.map(user => `${user.passwordKey} user: ${JSON.stringify(user.name)}${permissions(user)}\n`).join('');
}

/** The keys of the credentials Secret, by user. */
export function passwordKeys(users: UserSpec[]): StringMap {
  return Object.fromEntries(users.map(({ name, passwordKey }) => [name, passwordKey]));
}

/** The application is the first user; there are no databases. */
export function clientPlan(users: UserSpec[]): ClientPlan {
  const [first] = users;
  return { scheme: 'nats', database: '', username: first?.name ?? '', passwordKey: first?.passwordKey ?? '' };
}

/** Refuses no user at all, doubles, and names and subjects that the server would misread. */
export function checkUsers(users: UserSpec[]): Problem[] {
  const names = users.map(({ name }) => name);
  return [
    ...(users.length > 0 ? [] : [{ path: 'engine.users', got: '[]', want: 'at least one user', remedy: 'without users, everybody may connect' }]),
    ...names.filter((name, index) => names.indexOf(name) !== index).map(name => ({ path: 'engine.users', got: `${quote(name)} twice`, want: 'each name once' })),
    ...users.flatMap((user, index) => [
      ...checkLine(`engine.users[${index}].name`, user.name),
      ...checkSecretKey(`engine.users[${index}].passwordKey`, user.passwordKey),
      ...checkSubjects(`engine.users[${index}].publish`, user.publish ?? []),
      ...checkSubjects(`engine.users[${index}].subscribe`, user.subscribe ?? []),
    ]),
  ];
}

function checkSubjects(path: string, subjects: string[]): Problem[] {
  return subjects.filter(subject => !/^[!-~]+$/.test(subject)).map(subject => (
    { path, got: quote(subject), want: 'subjects of visible ASCII characters, such as "orders.>"' }));
}

// An empty list is a user who may do nothing; no list at all, one who may do everything.
function permissions({ publish, subscribe }: UserSpec): string {
  const limits = [['publish', publish], ['subscribe', subscribe]] as const;
  const given = limits.flatMap(([verb, subjects]) => (subjects === undefined ? [] : [`${verb}: ${allowed(subjects)}`]));
  return given.length === 0 ? '' : `, permissions: { ${given.join(', ')} }`;
}

function allowed(subjects: string[]): string {
  return subjects.length === 0 ? '{ deny: [">"] }' : `{ allow: [${subjects.map(subject => JSON.stringify(subject)).join(', ')}] }`;
}
