import { Problem, quote } from '../../core/problems';
import { checkLine } from '../../core/strings';

// NAMEDATALEN - 1; the server cuts a longer one silently.
const LONGEST = 63;

/** The name of a role, a database or an extension: any text in one line of at most 63 bytes. */
export function checkIdentifier(path: string, name: string): Problem[] {
  if (Buffer.byteLength(name) > LONGEST) { return [{ path, got: quote(name), want: `at most ${LONGEST} bytes` }]; }
  return checkLine(path, name);
}
