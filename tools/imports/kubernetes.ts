import { fileText, Place } from './file';
import { hasMembers, identified, Schema } from './schema';

/** The definitions of a Kubernetes OpenAPI document, by their full names. */
export interface Definitions {
  readonly [name: string]: Schema;
}

/** The file name of the newest schemas; by number, because as text v1.9 comes after v1.36. */
export function newestVersion(fileNames: readonly string[]): string {
  const versions = fileNames.filter(name => /^v\d+\.\d+\.json$/.test(name));
  const newest = versions.sort((a, b) => ordinal(b) - ordinal(a))[0];
  if (newest === undefined) {
    throw new Error(`no Kubernetes schemas (v1.36.json) among: ${fileNames.join(', ')}`);
  }
  return newest;
}

/** One file per API group and version: its name without folder, and its text. */
export function kubernetesFiles(version: string, definitions: Definitions): Map<string, string> {
  const modules = new Map<string, Map<string, Schema>>();
  for (const [key, schema] of Object.entries(definitions)) {
    const { module, name } = place(key);
    const types = modules.get(module) ?? new Map<string, Schema>();
    if (types.has(name)) {
      throw new Error(`${module} has two types of the name ${name}; the second is ${key}`);
    }
    modules.set(module, types.set(name, topLevel(name, schema)));
  }
  const source = `Kubernetes ${version}`;
  return new Map([...modules].map(([module, types]) =>
    [`${module.slice(2)}.ts`, fileText({ source, types, resolve: ref => resolve(ref, module) })]));
}

// `io.k8s.api.apps.v1.StatefulSet` is `StatefulSet` in `./apps-v1`.
function place(key: string): Place {
  const [name = '', version = '', group = ''] = key.split('.').reverse();
  // The small types that every group shares (Quantity, IntOrString, RawExtension) have no group of their own.
  if (key.startsWith('io.k8s.apimachinery.')) {
    return { module: './meta-v1', name };
  }
  if (!/^v\d/.test(version)) {
    throw new Error(`${key}: got no version before the name, want a definition like io.k8s.api.apps.v1.StatefulSet`);
  }
  return { module: `./${group}-${version}`, name };
}

function resolve(ref: string, from: string): string | Place {
  const found = place(ref.replace('#/definitions/', ''));
  return found.module === from ? found.name : found;
}

function topLevel(name: string, schema: Schema): Schema {
  const identities = schema['x-kubernetes-group-version-kind'] ?? [];
  const [identity] = identities;
  // DeleteOptions and WatchEvent belong to every group at once: they are no objects of their own.
  if (identity !== undefined && identities.length === 1 && identity.kind === name) {
    return identified(schema, identity);
  }
  // Here an object without members is free-form (RawExtension, FieldsV1), other than in a CRD.
  return schema.type === 'object' && !hasMembers(schema)
    ? { ...schema, 'x-kubernetes-preserve-unknown-fields': true }
    : schema;
}

function ordinal(fileName: string): number {
  const [major = 0, minor = 0] = (fileName.match(/\d+/g) ?? []).map(Number);
  return major * 1000 + minor;
}
