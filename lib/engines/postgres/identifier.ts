import { Problem, quote } from '../../core/problems';
import { checkLine } from '../../core/strings';

// NAMEDATALEN - 1; the server cuts a longer one silently.
const LONGEST = 63;

/** The name of a role, a database or an extension: text in one line of at most 63 bytes that pg_hba.conf takes for a name. */
export function checkIdentifier(path: string, name: string): Problem[] {
  if (Buffer.byteLength(name) > LONGEST) { return [{ path, got: quote(name), want: `at most ${LONGEST} bytes` }]; }
  // From 16 on, the access rules take such a name for a regular expression, in quotes as well.
  if (name.startsWith('/')) { return [{ path, got: quote(name), want: 'a name that does not begin with "/"' }]; }
  return checkLine(path, name);
}
