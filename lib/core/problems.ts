/** One thing that is wrong with what the user wrote. */
export interface Problem {
  /** Where it stands, from the construct's props on: `storage.size`. */
  readonly path: string;
  /** The value that was given, as the user would write it. */
  readonly got: string;
  /** What is allowed. */
  readonly want: string;
  /**
   * What to do instead.
   *
   * @default - what is wanted says it
   */
  readonly remedy?: string;
}

/**
 * What is thrown at synth when a construct was given something that cannot work or could lose data.
 *
 * The error's name is `RefusalError`, and its message lists every problem at once.
 */
export class Refusal {
  /** The problems of an error that was caught, in the order of the props; none if it is another error. */
  public static problemsOf(error: unknown): Problem[] {
    return error instanceof RefusalError ? error.problems : [];
  }

  private constructor() {}
}

// Not exported: jsii has no exceptions in its type system.
class RefusalError extends Error {
  /** All that is wrong, in the order of the props. */
  public readonly problems: Problem[];

  public constructor(subject: string, problems: Problem[]) {
    super(`${subject} is not valid:\n${problems.map(line).join('\n')}`);
    this.name = 'RefusalError';
    this.problems = problems;
  }
}

/** Throws one error for all problems; does nothing when there are none. */
export function refuse(subject: string, problems: Problem[]): void {
  if (problems.length > 0) { throw new RefusalError(subject, problems); }
}

/** The same problems below another path: `labels` becomes `podMetadata.labels`. */
export function under(parent: string, problems: Problem[]): Problem[] {
  return problems.map(problem => ({ ...problem, path: problem.path === '' ? parent : `${parent}.${problem.path}` }));
}

/** A string as a user would write it in code, with everything unprintable escaped, so that an error stays one line. */
export function quote(value: string): string {
  return JSON.stringify(value).replace(/[\u007f-\u00a0\u2028\u2029\ufeff\ufffe\uffff]/g, escapeCharacter);
}

function line(problem: Problem): string {
  const remedy = problem.remedy === undefined ? '' : `; ${problem.remedy}`;
  return `  - ${problem.path}: got ${problem.got}, want ${problem.want}${remedy}`;
}

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
