import { parseAllDocuments } from 'yaml';
import { fileText } from './file';
import { identified, Schema } from './schema';
import { capitalized, sorted } from './text';

/** One YAML file with custom resource definitions. */
export interface CrdSource {
  readonly fileName: string;
  readonly text: string;
}

interface Crd {
  readonly kind: string;
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly CrdVersion[];
  };
}

interface CrdVersion {
  readonly name: string;
  readonly served: boolean;
  readonly schema?: { readonly openAPIV3Schema?: Schema };
}

interface Module {
  readonly sources: Set<string>;
  readonly types: Map<string, Schema>;
}

/** One file per API group and served version: its name without folder, and its text. */
export function crdFiles(sources: readonly CrdSource[]): Map<string, string> {
  const modules = new Map<string, Module>();
  for (const source of sources) {
    for (const crd of definitions(source)) {
      addKind(modules, source.fileName, crd);
    }
  }
  return new Map([...modules].map(([name, module]) => [`${name}.ts`, moduleText(module)]));
}

function addKind(modules: Map<string, Module>, fileName: string, crd: Crd): void {
  const { group, names: { kind } } = crd.spec;
  for (const version of crd.spec.versions.filter(one => one.served)) {
    const name = `${group}-${version.name}`;
    const module = modules.get(name) ?? { sources: new Set(), types: new Map<string, Schema>() };
    const type = capitalized(kind);
    if (module.types.has(type)) {
      throw new Error(`${fileName}: ${kind} of ${group}/${version.name} is defined twice`);
    }
    module.sources.add(`crds/${fileName}`);
    module.types.set(type, apiObject(version.schema?.openAPIV3Schema ?? {}, { group, version: version.name, kind }));
    modules.set(name, module);
  }
}

// A CRD says only `type: object` of its metadata; what the API server takes there is the same for every kind.
function apiObject(schema: Schema, identity: { group: string; version: string; kind: string }): Schema {
  const properties = { ...schema.properties, metadata: { $ref: 'ObjectMeta' } };
  return identified({ ...schema, properties }, identity);
}

function moduleText(module: Module): string {
  return fileText({
    source: sorted(module.sources).join(', '),
    types: module.types,
    resolve: name => ({ module: '../kubernetes/meta-v1', name }),
  });
}

function definitions(source: CrdSource): Crd[] {
  return parseAllDocuments(source.text)
    .map(document => {
      const [error] = document.errors;
      if (error !== undefined) {
        throw new Error(`${source.fileName}: ${error.message}`);
      }
      return document.toJS() as Crd | null;
    })
    .filter((document): document is Crd => document?.kind === 'CustomResourceDefinition');
}
