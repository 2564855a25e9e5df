import * as fs from 'fs';
import * as path from 'path';
import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv';
import { parseAllDocuments } from 'yaml';

/** A JSON schema, as far as this file looks into it. */
type Schema = { [keyword: string]: unknown };

/** A Kubernetes object of any kind. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly [field: string]: unknown };
  readonly [field: string]: unknown;
}

/** Kubernetes' own schemas and those of the custom resources, beside the checkout. */
const SOURCES = process.env.CDK8S_STATEFUL_SCHEMAS ?? path.join(__dirname, '..', '..', 'shared');
const SCHEMAS = path.join(SOURCES, 'kubernetes-schemas');
const CRDS = path.join(SOURCES, 'crds');

/** Every version that we promise. */
export const VERSIONS = [
  'v1.27', 'v1.28', 'v1.29', 'v1.30', 'v1.31', 'v1.32', 'v1.33', 'v1.34', 'v1.35', 'v1.36',
] as const;
export type Version = typeof VERSIONS[number];

/** Whether the schemas are there. In CI they must be; elsewhere a missing folder is said aloud. */
export function schemasPresent(): boolean {
  const missing = VERSIONS.filter(version => !fs.existsSync(path.join(SCHEMAS, `${version}.json`)));
  if (missing.length === 0) {
    return true;
  }
  const message = `no Kubernetes schemas for ${missing.join(', ')} in ${SCHEMAS}: `
    + 'NOTHING IS VALIDATED against Kubernetes; set CDK8S_STATEFUL_SCHEMAS to the folder that holds kubernetes-schemas/ and crds/';
  if (process.env.CI === 'true') {
    throw new Error(message);
  }
  process.stderr.write(`\n!!! ${message}\n`);
  return false;
}

/**
 * Everything that the API server of one version would refuse or drop, as readable lines.
 *
 * Strict: a field that the schema does not know is an error, as with `kubectl apply --validate=strict`.
 */
export function validate(manifest: Manifest, version: Version): string[] {
  const subject = `${manifest.kind} ${manifest.metadata.name}`;
  const check = validatorOf(manifest, version);
  if (check === undefined) {
    return [`${subject}: ${version} has no ${manifest.apiVersion} ${manifest.kind}`];
  }
  return check(manifest) ? [] : readable(check.errors ?? []).map(line => `${subject}: ${line}`);
}

const validators = new Map<string, ValidateFunction | undefined>();
const texts = new Map<Version, { [definition: string]: Schema }>();

/** Compiled when first asked for: of 700 kinds an example uses ten. */
function validatorOf(manifest: Manifest, version: Version): ValidateFunction | undefined {
  const key = `${version} ${manifest.apiVersion} ${manifest.kind}`;
  if (!validators.has(key)) {
    const schema = builtIn(manifest, version) ?? custom(manifest);
    validators.set(key, schema && compile(schema, definitionsOf(version)));
  }
  return validators.get(key);
}

function compile(schema: Schema, definitions: { [definition: string]: Schema }): ValidateFunction {
  const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false, logger: false, formats: FORMATS });
  return ajv.compile({ ...identified(schema), definitions: reachable(schema, definitions) });
}

const FORMATS = {
  'int32': { type: 'number', validate: (value: number) => Number.isInteger(value) && Math.abs(value) < 2 ** 31 },
  'int64': { type: 'number', validate: (value: number) => Number.isInteger(value) },
  'double': true,
  'byte': /^[A-Za-z0-9+/]*=*$/,
  'date-time': (value: string) => !Number.isNaN(Date.parse(value)),
} as const;

/** What Kubernetes' parser of quantities takes; the published schema says no more than "string". */
const QUANTITY = { type: ['string', 'number'], pattern: '^[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+|[numkMGTPE]|[KMGTPE]i)?$' };

/** The words that the API server takes; the published schemas say no more than "string". */
const WORDS: { readonly [kindAndField: string]: readonly string[] } = {
  'Container.imagePullPolicy': ['Always', 'IfNotPresent', 'Never'],
  'ContainerPort.protocol': ['TCP', 'UDP', 'SCTP'],
  'CronJobSpec.concurrencyPolicy': ['Allow', 'Forbid', 'Replace'],
  'PodSecurityContext.fsGroupChangePolicy': ['Always', 'OnRootMismatch'],
  'PersistentVolumeClaimSpec.volumeMode': ['Block', 'Filesystem'],
  'PodDisruptionBudgetSpec.unhealthyPodEvictionPolicy': ['AlwaysAllow', 'IfHealthyBudget'],
  'PodSpec.dnsPolicy': ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'],
  'PodSpec.restartPolicy': ['Always', 'Never', 'OnFailure'],
  'SeccompProfile.type': ['Localhost', 'RuntimeDefault', 'Unconfined'],
  'ServicePort.protocol': ['TCP', 'UDP', 'SCTP'],
  'ServiceSpec.type': ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'],
  'StatefulSetPersistentVolumeClaimRetentionPolicy.whenDeleted': ['Delete', 'Retain'],
  'StatefulSetPersistentVolumeClaimRetentionPolicy.whenScaled': ['Delete', 'Retain'],
  'StatefulSetSpec.podManagementPolicy': ['OrderedReady', 'Parallel'],
  'StatefulSetUpdateStrategy.type': ['OnDelete', 'RollingUpdate'],
  'TopologySpreadConstraint.whenUnsatisfiable': ['DoNotSchedule', 'ScheduleAnyway'],
};

function withWords(definition: string, schema: Schema): Schema {
  const kind = definition.split('.').pop() ?? '';
  const properties = Object.entries(schema.properties ?? {}).map(([field, property]: [string, object]) => {
    const words = WORDS[`${kind}.${field}`];
    return [field, words === undefined ? property : { ...property, enum: words }];
  });
  return schema.properties === undefined ? schema : { ...schema, properties: Object.fromEntries(properties) as Schema };
}

function builtIn(manifest: Manifest, version: Version): Schema | undefined {
  return Object.values(definitionsOf(version)).find(schema =>
    (schema['x-kubernetes-group-version-kind'] as GroupVersionKind[] | undefined)?.some(gvk =>
      gvk.kind === manifest.kind && (gvk.group === '' ? gvk.version : `${gvk.group}/${gvk.version}`) === manifest.apiVersion));
}

interface GroupVersionKind { readonly group: string; readonly version: string; readonly kind: string }

function definitionsOf(version: Version): { [definition: string]: Schema } {
  const known = texts.get(version);
  if (known !== undefined) {
    return known;
  }
  const text = fs.readFileSync(path.join(SCHEMAS, `${version}.json`), 'utf8');
  const file = JSON.parse(text) as { definitions: { [definition: string]: Schema } };
  const closed = Object.fromEntries(Object.entries(file.definitions)
    .map(([name, schema]) => [name, name.endsWith('.api.resource.Quantity') ? QUANTITY : close(withWords(name, schema))]));
  texts.set(version, closed);
  return closed;
}

/** Only what one kind refers to: compiling all 700 definitions takes seconds. */
function reachable(start: Schema, definitions: { [definition: string]: Schema }): { [definition: string]: Schema } {
  const found: { [definition: string]: Schema } = {};
  const open = references(start);
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const definition = definitions[name];
    if (found[name] === undefined && definition !== undefined) {
      found[name] = definition;
      open.push(...references(definition));
    }
  }
  return found;
}

function references(schema: Schema): string[] {
  return [...JSON.stringify(schema).matchAll(/"#\/definitions\/([^"]+)"/g)].map(match => match[1] ?? '');
}

let customResources: Map<string, Schema> | undefined;

function custom(manifest: Manifest): Schema | undefined {
  customResources ??= new Map(fs.existsSync(CRDS) ? crdFiles().flatMap(crdSchemas) : []);
  return customResources.get(`${manifest.apiVersion} ${manifest.kind}`);
}

function crdFiles(): string[] {
  return fs.readdirSync(CRDS).filter(name => name.endsWith('.yaml')).sort()
    .map(name => path.join(CRDS, name));
}

interface CustomResourceDefinition {
  readonly kind: string;
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: { readonly name: string; readonly schema?: { readonly openAPIV3Schema: Schema } }[];
  };
}

function crdSchemas(file: string): [string, Schema][] {
  return parseAllDocuments(fs.readFileSync(file, 'utf8'))
    .map(document => document.toJS() as CustomResourceDefinition | null)
    .filter((crd): crd is CustomResourceDefinition => crd?.kind === 'CustomResourceDefinition')
    .flatMap(crd => crd.spec.versions.map((version): [string, Schema] => [
      `${crd.spec.group}/${version.name} ${crd.spec.names.kind}`,
      withObjectMeta(close(version.schema?.openAPIV3Schema ?? {})),
    ]));
}

/** A CRD says `metadata: object` and no more; the API server reads it like everybody's metadata. */
function withObjectMeta(schema: Schema): Schema {
  const metadata = { $ref: '#/definitions/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta' };
  return { ...schema, properties: { ...schema.properties as Schema, metadata } };
}

/** Kubernetes reads these three before it reads the schema, so no schema asks for them. */
function identified(schema: Schema): Schema {
  return { ...schema, required: [...new Set([...(schema.required as string[] | undefined) ?? [], 'apiVersion', 'kind', 'metadata'])] };
}

/**
 * Closes every object whose fields the schema lists, so that a misspelled field is an error.
 *
 * A branch of anyOf, oneOf, allOf or not only adds conditions to the fields listed beside it, and stays open.
 */
function close(schema: unknown, branch = false): Schema {
  if (Array.isArray(schema)) {
    return schema.map(item => close(item, branch)) as unknown as Schema;
  }
  if (typeof schema !== 'object' || schema === null) {
    return schema as Schema;
  }
  const node = schema as Schema;
  const result: Schema = {};
  for (const [keyword, value] of Object.entries(node)) {
    result[keyword] = VERBATIM.has(keyword) ? value
      : keyword === 'properties' ? closeEach(value as Schema, branch)
        : close(value, branch || BRANCHES.has(keyword));
  }
  if (!branch && node.properties !== undefined && node.additionalProperties === undefined) {
    result.additionalProperties = node['x-kubernetes-preserve-unknown-fields'] === true;
  }
  return nullable(intOrString(embedded(result)));
}

const VERBATIM = new Set(['default', 'enum', 'example', 'required', 'x-kubernetes-validations', 'x-kubernetes-group-version-kind', 'pattern']);
const BRANCHES = new Set(['anyOf', 'oneOf', 'allOf', 'not']);

function closeEach(properties: Schema, branch: boolean): Schema {
  return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, close(schema, branch)]));
}

/** An embedded resource may carry apiVersion, kind and metadata. */
function embedded(schema: Schema): Schema {
  return schema['x-kubernetes-embedded-resource'] === true
    ? { ...schema, properties: { apiVersion: {}, kind: {}, metadata: {}, ...schema.properties as Schema } } : schema;
}

function intOrString(schema: Schema): Schema {
  return schema['x-kubernetes-int-or-string'] === true && schema.type !== undefined
    ? { ...schema, type: ['integer', 'string'] } : schema;
}

/** ajv refuses `nullable` without a type, where it means nothing anyway. */
function nullable(schema: Schema): Schema {
  const { nullable: _, ...others } = schema;
  return schema.type === undefined ? others : schema;
}

/** `/spec/template/spec/containers/0: unknown field "imagePullPolcy"`. */
function readable(errors: ErrorObject[]): string[] {
  return [...new Set(errors.map(error => `${error.instancePath || '/'}: ${reason(error)}`))];
}

function reason(error: ErrorObject): string {
  const parameters = error.params as { additionalProperty?: string; allowedValues?: unknown[] };
  switch (error.keyword) {
    case 'additionalProperties': return `unknown field "${parameters.additionalProperty}"`;
    case 'enum': return `must be one of ${JSON.stringify(parameters.allowedValues)}`;
    default: return error.message ?? error.keyword;
  }
}
