import { Problem, quote } from './problems';
import type { StringMap } from './strings';

/** The group of our own annotations and labels. */
const OWN_PREFIX = 'cdk8s-stateful';

// A pod carries the label controller-revision-hash = name + "-" + 10 characters; a label has 63. A StatefulSet with a
// longer name is accepted, and its pods are never created (kubernetes/kubernetes#64023).
const LONGEST_NAME = 52;
const DNS_LABEL = /^[a-z](?:[-a-z0-9]*[a-z0-9])?$/;

/** The name of every object of one database. Renaming any of them is a breaking change: a renamed claim is empty. */
export interface DatabaseNames {
  readonly statefulSet: string;
  readonly service: string;
  readonly headlessService: string;
  readonly externalService: string;
  readonly config: string;
  readonly scripts: string;
  readonly serviceAccount: string;
  readonly networkPolicy: string;
  readonly disruptionBudget: string;
  readonly credentials: string;
}

/** Claim templates: `data-orders-0` is the claim of the first member. */
export const CLAIM_TEMPLATES = { data: 'data', wal: 'wal' } as const;

/** The keys of our own annotations and labels. */
export const OWN_KEYS = {
  /** The checksum of the files that take effect with a restart. */
  files: `${OWN_PREFIX}/files`,
  /** Databases that should not share a node or zone have the same value. */
  spreadGroup: `${OWN_PREFIX}/spread-group`,
} as const;

/** All names of a database, from its own name alone: moving a construct in the tree renames nothing. */
export function databaseNames(name: string): DatabaseNames {
  return {
    statefulSet: name,
    service: name,
    headlessService: `${name}-members`,
    externalService: `${name}-external`,
    config: `${name}-config`,
    scripts: `${name}-scripts`,
    serviceAccount: name,
    networkPolicy: name,
    disruptionBudget: name,
    credentials: `${name}-credentials`,
  };
}

/** The claim that a StatefulSet makes, or finds, for one of its members. */
export function claimName(template: string, statefulSet: string, ordinal: number): string {
  return `${template}-${statefulSet}-${ordinal}`;
}

/** What Services, budgets and policies select by. Never changed: a StatefulSet's selector is immutable. */
export function selectorLabels(engine: string, name: string): StringMap {
  return {
    'app.kubernetes.io/name': engine,
    'app.kubernetes.io/instance': name,
    'app.kubernetes.io/component': 'database',
  };
}

/** Refuses labels and annotations that are the library's own. */
export function checkOwnKeys(path: string, map: StringMap): Problem[] {
  const own = [...Object.keys(objectLabels('', '', {})), ...Object.values(OWN_KEYS), 'kubectl.kubernetes.io/default-container'];
  return Object.keys(map).filter(key => own.includes(key)).sort()
    .map(key => ({ path: `${path}.${key}`, got: quote(map[key] as string), want: 'another key: this one is the library\'s own' }));
}

/** The labels of every object of a database; the library's own come last. */
export function objectLabels(engine: string, name: string, labels: StringMap): StringMap {
  return { ...labels, ...selectorLabels(engine, name), 'app.kubernetes.io/managed-by': OWN_PREFIX };
}

/** A database's name is a DNS label of at most 52 characters that begins with a letter. It is never made to fit. */
export function checkDatabaseName(path: string, name: string): Problem[] {
  if (DNS_LABEL.test(name) && name.length <= LONGEST_NAME) { return []; }
  return [{
    path, got: quote(name), want: `lower-case letters, digits and "-", beginning with a letter, at most ${LONGEST_NAME} characters`,
    remedy: 'set `name`; it is never shortened or changed, because a changed name is a new, empty database',
  }];
}

/** The objects of a database that another one of this library could have as well, as `Kind/name`. */
export function databaseObjects(name: string): string[] {
  const names = databaseNames(name);
  const services = [names.service, names.headlessService, names.externalService];
  return [`StatefulSet/${name}`, ...services.map(each => `Service/${each}`), ...[names.config, names.scripts].map(each => `ConfigMap/${each}`),
    `ServiceAccount/${names.serviceAccount}`, `NetworkPolicy/${names.networkPolicy}`];
}

/** The name of every object of one backup, schedule or drill. */
export interface JobNames {
  readonly job: string;
  readonly config: string;
  readonly scripts: string;
  readonly serviceAccount: string;
  readonly networkPolicy: string;
}

/** All names of a backup, schedule or drill, from its own name alone. */
export function jobNames(name: string): JobNames {
  return { job: name, config: `${name}-config`, scripts: `${name}-scripts`, serviceAccount: name, networkPolicy: name };
}

/** The objects of a backup, schedule or drill, as `Kind/name`. */
export function jobObjects(kind: string, name: string): string[] {
  const names = jobNames(name);
  return [`${kind}/${name}`, `ConfigMap/${names.config}`, `ConfigMap/${names.scripts}`, `ServiceAccount/${name}`, `NetworkPolicy/${name}`];
}

/** What the policies of a backup, schedule or drill select by. */
export function jobLabels(engine: string, name: string, component: string): StringMap {
  return { 'app.kubernetes.io/name': engine, 'app.kubernetes.io/instance': name, 'app.kubernetes.io/component': component };
}
