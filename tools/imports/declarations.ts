import { hasMembers, Schema } from './schema';
import { capitalized, docComment, literal, memberName, sorted, union } from './text';

/** The file that a type is written into: what it can refer to, and where its nested types go. */
export interface Scope {
  /** The name, in this file, of the type behind a `$ref`. */
  readonly refer: (ref: string) => string;
  /** Declares a nested type in this file and returns its name: the wanted one, unless it is taken. */
  readonly declare: (wanted: string, schema: Schema) => string;
}

const OPEN_OBJECT = '{ readonly [key: string]: unknown }';
// The API server removes every field of an object without known members; the compiler says so first.
const CLOSED_OBJECT = '{ readonly [key: string]: never }';

/** An exported interface for an object with known members, an exported alias for anything else. */
export function declaration(name: string, schema: Schema, scope: Scope): string {
  const doc = docComment(schema.description, '');
  if (!hasMembers(schema)) {
    return `${doc}export type ${name} = ${typeOf(schema, name, scope)};\n`;
  }
  return `${doc}export interface ${name} {\n${members(name, schema, scope)}}\n`;
}

/** The type of a value; `path` names it in case it is an object that needs a declaration of its own. */
export function typeOf(schema: Schema, path: string, scope: Scope): string {
  const type = valueType(schema, path, scope);
  return schema.nullable === true ? `${type} | null` : type;
}

function members(name: string, schema: Schema, scope: Scope): string {
  const properties = schema.properties ?? {};
  const open = keepsUnknown(schema) ? '  readonly [key: string]: unknown;\n' : '';
  const texts = sorted(Object.keys(properties)).map(member => {
    const value = inherited(schema, properties[member] ?? {});
    const mark = isRequired(schema, member) ? '' : '?';
    const type = typeOf(value, name + capitalized(member), scope);
    return `${docComment(value.description, '  ')}  readonly ${memberName(member)}${mark}: ${type};\n`;
  });
  return open + texts.join('');
}

// The API server fills defaults in before it checks: whoever writes the manifest may leave those out.
function isRequired(schema: Schema, member: string): boolean {
  return (schema.required ?? []).includes(member) && schema.properties?.[member]?.default === undefined;
}

function valueType(schema: Schema, path: string, scope: Scope): string {
  if (schema.$ref !== undefined) {
    return scope.refer(schema.$ref);
  }
  if (schema['x-kubernetes-int-or-string'] === true || schema.format === 'int-or-string') {
    return 'number | string';
  }
  if (schema.enum !== undefined) {
    return union(schema.enum.map(literal), '  ');
  }
  if (schema.type === undefined && schema.oneOf !== undefined) {
    return union(schema.oneOf.map(one => typeOf(one, path, scope)), '  ');
  }
  return typeByName(schema, path, scope);
}

function typeByName(schema: Schema, path: string, scope: Scope): string {
  switch (schema.type) {
    case 'string':
    case 'boolean':
    case 'number':
      return schema.type;
    case 'integer':
      return 'number';
    case 'array':
      return arrayType(schema, path, scope);
    case 'object':
      return objectType(schema, path, scope);
    default:
      return anyType(schema, path, scope);
  }
}

function anyType(schema: Schema, path: string, scope: Scope): string {
  const isObject = hasMembers(schema) || schema.additionalProperties !== undefined || keepsUnknown(schema);
  return isObject ? objectType(schema, path, scope) : 'unknown';
}

function arrayType(schema: Schema, path: string, scope: Scope): string {
  const item = typeOf(inherited(schema, schema.items ?? {}), path, scope);
  return /^\w+$|^\{[^|]*\}$/.test(item) ? `readonly ${item}[]` : `readonly (${item})[]`;
}

function objectType(schema: Schema, path: string, scope: Scope): string {
  const values = schema.additionalProperties;
  if (hasMembers(schema)) {
    return scope.declare(path, schema);
  }
  if (typeof values === 'object') {
    return `{ readonly [key: string]: ${typeOf(values, path, scope)} }`;
  }
  return values === true || keepsUnknown(schema) ? OPEN_OBJECT : CLOSED_OBJECT;
}

function keepsUnknown(schema: Schema): boolean {
  return schema['x-kubernetes-preserve-unknown-fields'] === true;
}

// What keeps unknown fields passes that on, until a schema names members or values of its own.
function inherited(parent: Schema, child: Schema): Schema {
  const names = hasMembers(child) || child.additionalProperties !== undefined;
  return keepsUnknown(parent) && child.type === 'object' && !names
    ? { ...child, 'x-kubernetes-preserve-unknown-fields': true }
    : child;
}
