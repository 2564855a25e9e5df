import { ApiObject, App, Chart, ChartProps, Size, Testing } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { Postgres, Refusal, SingleInstanceDb, SingleInstanceDbProps } from '../lib';

/** An object as the API server gets it. */
export interface Rendered {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly [field: string]: any };
  readonly [field: string]: any;
}

/** The least that a database needs. */
export const SMALLEST: SingleInstanceDbProps = { engine: Postgres.v17(), storage: { size: Size.gibibytes(50) } };

/** An empty chart of an app of its own. */
export function newChart(props: ChartProps = { namespace: 'shop' }): Chart {
  return new Chart(new App(), 'test', props);
}

/** A database named `orders` in a chart of its own. */
export function database(props: Partial<SingleInstanceDbProps> = {}): SingleInstanceDb {
  return new SingleInstanceDb(newChart(), 'orders', { ...SMALLEST, ...props });
}

/** All objects of the chart in which a construct stands. */
export function objects(scope: IConstruct): Rendered[] {
  return Testing.synth(Chart.of(scope)) as Rendered[];
}

/** All objects of a database named `orders`. */
export function render(props: Partial<SingleInstanceDbProps> = {}): Rendered[] {
  return objects(database(props));
}

/** The only object of its kind, or the one of that name. */
export function find(all: readonly Rendered[], kind: string, name?: string): Rendered {
  const found = all.filter(each => each.kind === kind && (name === undefined || each.metadata.name === name));
  const [only] = found;
  if (only === undefined || found.length > 1) { throw new Error(`${found.length} objects ${kind} ${name ?? ''}, not 1`); }
  return only;
}

/** The file as its text goes to the API server. */
export function yamlOf(scope: IConstruct): string {
  const app = scope.node.root;
  if (!(app instanceof App)) { throw new Error('the root is no App'); }
  return app.synthYaml();
}

/** The message of the refusal; an error of another kind is thrown on. */
export function refusalOf(make: () => unknown): string {
  try {
    make();
  } catch (error) {
    if (error instanceof Error && Refusal.problemsOf(error).length > 0) { return error.message; }
    throw error;
  }
  throw new Error('nothing was refused');
}

/** The construct of an object. */
export function apiObjects(scope: IConstruct): ApiObject[] {
  return scope.node.findAll().filter(each => ApiObject.isApiObject(each));
}
