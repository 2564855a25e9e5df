import * as fs from 'fs';
import * as path from 'path';
import { parseAllDocuments } from 'yaml';
import { EXAMPLES, exampleNames, renderExample } from '../tools/examples';
import { breaches } from './invariants';
import { type Manifest, schemasPresent, validate, VERSIONS } from './kubernetes-schemas';

const GOLDEN = path.join(__dirname, 'golden');
const README = path.join(__dirname, '..', 'README.md');
const WRITE = process.env.UPDATE_GOLDEN === '1';

const names = exampleNames();
const present = schemasPresent();

function manifestsOf(text: string): Manifest[] {
  return parseAllDocuments(text).map(document => document.toJS() as Manifest);
}

function sourceOf(name: string): string {
  return fs.readFileSync(path.join(EXAMPLES, `${name}.ts`), 'utf8');
}

/** What an example needs and does not render stands in the comment at its head: `Secret/orders-credentials`. */
function needsOf(name: string): string[] {
  const head = /^(?:\s*(?:\/\/[^\n]*|\/\*[^]*?\*\/))*/.exec(sourceOf(name))?.[0] ?? '';
  return head.match(/\b(?:Secret|ConfigMap|PersistentVolumeClaim)\/[a-z0-9]([-a-z0-9.]*[a-z0-9])?/g) ?? [];
}

/** The default of `credentials`, as documented: it must exist, and is nowhere rendered. */
function defaultCredentials(manifests: readonly Manifest[]): string[] {
  return manifests.filter(({ kind }) => kind === 'StatefulSet').map(({ metadata }) => `Secret/${metadata.name}-credentials`);
}

test('there are examples, and a golden file for each and for nothing else', () => {
  expect(names.length).toBeGreaterThan(0);
  if (!WRITE) {
    expect(fs.readdirSync(GOLDEN).sort()).toEqual(names.map(name => `${name}.yaml`));
  }
});

describe.each(names)('examples/%s.ts', name => {
  const golden = path.join(GOLDEN, `${name}.yaml`);
  const text = renderExample(name);
  const manifests = manifestsOf(text);
  const external = [...needsOf(name), ...defaultCredentials(manifests)];

  if (WRITE) {
    fs.mkdirSync(GOLDEN, { recursive: true });
    fs.writeFileSync(golden, text);
  }

  test('renders what a reviewer has read (after a change: npm run golden, then read the difference)', () => {
    expect(text).toBe(fs.existsSync(golden) ? fs.readFileSync(golden, 'utf8') : '');
  });

  test('breaks no promise that holds for every manifest', () => {
    expect(breaches(manifests, { external })).toEqual([]);
  });

  test('asks at its head for what it really needs', () => {
    const superfluous = needsOf(name).filter(need =>
      breaches(manifests, { external: external.filter(other => other !== need) }).length === 0);
    expect(superfluous).toEqual([]);
  });

  // Without the schemas this is said aloud, and in CI it is a failure: kubernetes-schemas.ts.
  if (present) {
    test.each(VERSIONS)('is taken by Kubernetes %s, field by field', version => {
      expect(manifests.length).toBeGreaterThan(0);
      expect(manifests.flatMap(manifest => validate(manifest, version))).toEqual([]);
    });
  }
});

if (WRITE) {
  fs.readdirSync(GOLDEN).filter(file => !names.includes(path.basename(file, '.yaml')))
    .forEach(file => fs.rmSync(path.join(GOLDEN, file)));
}

describe('the README', () => {
  const readme = fs.readFileSync(README, 'utf8');
  const quoted = [...readme.matchAll(/<!-- example: examples\/([\w-]+)\.ts -->\s*```(?:ts|typescript)\n([^]*?)```/g)];

  test('shows an example, and the first code block is one', () => {
    expect(quoted.length).toBeGreaterThan(0);
    expect(readme.indexOf('```')).toBe(readme.indexOf('```', quoted[0]?.index));
    expect(quoted).toHaveLength(readme.match(/<!-- example:/g)?.length ?? 0);
  });

  test.each(quoted.map(([, name = '', code = '']) => [name, code] as const))('shows examples/%s.ts as it is', (name, code) => {
    expect(code).toBe(sourceOf(name));
  });
});
