import { Kubectl } from '../harness/kubectl';

/** Where something is looked for: what it is called, and its text. */
export interface Place {
  readonly name: string;
  readonly text: string;
}

/** The names of the places that hold one of the words, as it is or in base64. */
export function findIn(places: Place[], words: string[]): string[] {
  const forms = words.flatMap(word => [word, ...base64Forms(word)]);
  return places.filter(({ text }) => forms.some(form => text.includes(form))).map(({ name }) => name);
}

/** Every object of the namespace but Secrets. */
export async function objectsOf(kubectl: Kubectl): Promise<Place[]> {
  const kinds = await kubectl.run(['api-resources', '--namespaced', '--verbs=list', '--output', 'name']);
  const listed = kinds.split('\n').filter(kind => kind !== '' && kind !== 'secrets');
  const list = await kubectl.json<{ items: { kind: string; metadata: { name: string } }[] }>(['get', listed.join(','), '--show-managed-fields']);
  return list.items.map(item => ({ name: `${item.kind} ${item.metadata.name}`, text: JSON.stringify(item) }));
}

// In base64 a word looks different at each of the three places at which it can begin, but for its first and last characters.
function base64Forms(word: string): string[] {
  return [0, 1, 2].map(shift => Buffer.from('\0'.repeat(shift) + word).toString('base64').slice(shift + 1, -4));
}
