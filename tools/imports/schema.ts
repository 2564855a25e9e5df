/** The part of a JSON schema (OpenAPI v2 of Kubernetes, v3 of a CRD) that decides what a type looks like. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly description?: string;
  readonly properties?: { readonly [member: string]: Schema };
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly oneOf?: readonly Schema[];
  readonly nullable?: boolean;
  readonly default?: unknown;
  readonly 'x-kubernetes-int-or-string'?: boolean;
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;
  readonly 'x-kubernetes-group-version-kind'?: readonly GroupVersionKind[];
}

/** What `apiVersion` and `kind` say together; the group of the core API is the empty text. */
export interface GroupVersionKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** Whether the schema is an object whose members are known by name. */
export function hasMembers(schema: Schema): boolean {
  return Object.keys(schema.properties ?? {}).length > 0;
}

/**
 * The schema of a whole API object: it says what it is.
 *
 * Both members are required, although the API server accepts a claim template without them:
 * the manifest then reads the same in a template and on its own, and a comparison finds no difference.
 */
export function identified(schema: Schema, identity: GroupVersionKind): Schema {
  const apiVersion = identity.group === '' ? identity.version : `${identity.group}/${identity.version}`;
  return {
    ...schema,
    properties: {
      ...schema.properties,
      apiVersion: { ...schema.properties?.apiVersion, type: 'string', enum: [apiVersion] },
      kind: { ...schema.properties?.kind, type: 'string', enum: [identity.kind] },
    },
    required: [...(schema.required ?? []), 'apiVersion', 'kind'],
  };
}
