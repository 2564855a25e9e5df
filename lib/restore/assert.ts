import { Problem } from '../core/problems';
import { checkText } from '../core/strings';

/** Something that has to be true of a restored database. */
export class Assert {
  /**
   * A question in the engine's own language, whose first value has to be true: `SELECT count(*) > 0 FROM orders`.
   *
   * It is asked by the administrator of the restored copy, in the application's database, and goes with it. The engine's README says
   * what counts as true.
   */
  public static query(text: string): Assert { return new Assert(text); }

  private constructor(
    /** The question. */
    public readonly text: string,
  ) {}
}

/** Refuses questions that no YAML reader would leave as they are, and empty ones. */
export function checkAssertions(path: string, assertions: Assert[]): Problem[] {
  return [
    ...(assertions.length <= 99 ? [] : [{ path, got: `${assertions.length}`, want: 'at most 99' }]),
    ...assertions.flatMap(({ text }, index) => (text.trim() === '' ? [{ path: `${path}[${index}]`, got: '""', want: 'a question' }] : checkText(`${path}[${index}]`, text))),
  ];
}
