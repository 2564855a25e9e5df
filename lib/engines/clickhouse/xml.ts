import { sortedEntries, StringMap } from '../../core/strings';

/** A tree of elements; a list is the same element several times. */
export interface Element { readonly [name: string]: string | string[] | Element }

/** An XML file as the server reads it. */
export function xmlFile(comment: string, root: Element): string {
  return `<!-- ${comment} -->\n<clickhouse>\n${children(root, '  ')}</clickhouse>\n`;
}

/** The tree that has a leaf for each setting, whose name is its path: `merge_tree.fsync_after_insert`. */
export function tree(settings: StringMap): Element {
  const root: { [name: string]: Element | string } = {};
  for (const [path, value] of sortedEntries(settings)) {
    const parts = path.split('.');
    let place = root;
    for (const part of parts.slice(0, -1)) {
      const known = place[part];
      const next: { [name: string]: Element | string } = typeof known === 'object' ? known as { [name: string]: Element | string } : {};
      place[part] = next;
      place = next;
    }
    place[parts[parts.length - 1] as string] = value;
  }
  return root;
}

function children(element: Element, indent: string): string {
  return Object.entries(element).map(([name, value]) => {
    if (Array.isArray(value)) { return value.map(each => leaf(name, each, indent)).join(''); }
    return typeof value === 'string' ? leaf(name, value, indent) : `${indent}<${name}>\n${children(value, `${indent}  `)}${indent}</${name}>\n`;
  }).join('');
}

function leaf(name: string, value: string, indent: string): string {
  return value === '' ? `${indent}<${name}/>\n` : `${indent}<${name}>${escaped(value)}</${name}>\n`;
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
