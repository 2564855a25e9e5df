import { Duration, Size } from 'cdk8s';
import { Refusal } from 'cdk8s-stateful';
import { Kubectl } from '../harness/kubectl';
import { TestNamespace } from '../harness/namespace';
import { Changes, render } from './fixture';
import { HOSTILE } from './hostile';

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly annotations?: { [key: string]: string } };
  readonly data?: { [file: string]: string };
  readonly spec?: {
    readonly template?: { metadata: { annotations: { [key: string]: string } } };
    readonly volumeClaimTemplates?: { metadata: { annotations: { [key: string]: string } } }[];
  };
}

/** What the library must never let through: no reader of YAML returns it, or not every one returns the same. */
const REFUSED = [
  'a zero byte', 'an escape', 'delete', 'the next line', 'a line separator', 'a paragraph separator', 'a byte order mark',
  'half a surrogate pair', 'the other half', 'no character', 'an octal number of YAML 1.2',
];
const KEY = 'example.com/text';
const SIZE = Size.gibibytes(1);

/** Every prop that takes free text: how it is set, and where it is found in what kubectl has read. */
const PLACES: [string, (text: string) => Changes, (manifests: Manifest[]) => string | undefined][] = [
  ['annotations', text => ({ annotations: { [KEY]: text } }), manifests => setOf(manifests).metadata.annotations?.[KEY]],
  ['podMetadata.annotations', text => ({ podMetadata: { annotations: { [KEY]: text } } }),
    manifests => setOf(manifests).spec?.template?.metadata.annotations[KEY]],
  ['storage.annotations', text => ({ storage: { size: SIZE, annotations: { [KEY]: text } } }),
    manifests => setOf(manifests).spec?.volumeClaimTemplates?.[0]?.metadata.annotations[KEY]],
  ['settings', text => ({ settings: { 'example.text': text } }), manifests => settingOf(manifests)],
];

let namespace: TestNamespace;

beforeAll(async () => { namespace = await TestNamespace.create('text'); });

afterAll(() => namespace.remove());

function setOf(manifests: Manifest[]): Manifest {
  return manifests.find(({ kind }) => kind === 'StatefulSet') as Manifest;
}

/** The line of postgresql.conf, with its quotes undone. */
function settingOf(manifests: Manifest[]): string | undefined {
  const file = manifests.flatMap(({ data }) => data?.['postgresql.conf'] ?? [])[0];
  return /^example\.text = '(.*)'$/m.exec(file ?? '')?.[1]?.replace(/\\\\|''/g, pair => pair.slice(1));
}

/** What kubectl reads of each of some lists of manifests. */
async function read(lists: string[]): Promise<Manifest[][]> {
  const input = lists.join('---\n');
  const printed = await new Kubectl().run(['create', '--dry-run=client', '--output', 'json', '--filename', '-'], { input, timeout: Duration.minutes(2) });
  // kubectl prints one object after the other.
  const manifests = JSON.parse(`[${printed.trim().replace(/^\}\n\{$/gm, '},\n{')}]`) as Manifest[];
  const each = manifests.length / lists.length;
  return lists.map((_, index) => manifests.slice(index * each, (index + 1) * each));
}

/** The manifests with this text, or undefined where the library refuses it and says why. */
function rendered(changes: Changes): string | undefined {
  try {
    return render(namespace.name, changes);
  } catch (error) {
    expect(Refusal.problemsOf(error)).toHaveLength(1);
    return undefined;
  }
}

describe.each(PLACES)('%s', (place, set, find) => {
  const texts = Object.entries(HOSTILE);
  const manifests = (): [string, string, string | undefined][] => texts.map(([what, text]) => [what, text, rendered(set(text))]);

  test('text that YAML readers disagree on is refused at synth, and nothing else but what the place cannot hold', () => {
    const oneLine = place === 'settings' ? texts.filter(([, text]) => /[\n\r]/.test(text)).map(([what]) => what) : ['a carriage return'];
    const refused = manifests().filter(([, , yaml]) => yaml === undefined).map(([what]) => what);
    expect(refused.sort()).toEqual([...new Set([...REFUSED, ...oneLine])].sort());
  });

  test('everything else comes out of kubectl as it went in', async () => {
    const taken = manifests().filter((each): each is [string, string, string] => each[2] !== undefined);
    expect(taken.length).toBeGreaterThan(30);
    const found = await read(taken.map(([, , yaml]) => yaml));
    expect(Object.fromEntries(taken.map(([what], index) => [what, find(found[index] ?? [])]))).toEqual(Object.fromEntries(taken.map(([what, text]) => [what, text])));
  });
});

test('the comparison sees it when a reader changes a text', async () => {
  const yaml = rendered({ annotations: { [KEY]: 'left right' } }) ?? '';
  const [manifests = []] = await read([yaml.replace('left right', '"left\u0085right"')]);
  expect(setOf(manifests).metadata.annotations?.[KEY]).toBe('left right');
});
