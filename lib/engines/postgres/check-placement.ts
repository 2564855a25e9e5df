import type { MemberRequest } from '../../core/member-request';
import { Problem, quote } from '../../core/problems';
import type { ForeignImage } from './flavour';

/** The folder of the data is below the volume's root, never the root itself, where a new file system has `lost+found`. */
export function checkFolder(folder: string): Problem[] {
  const valid = folder.length <= 200 && folder.split('/').every(part => /^[\w][\w.-]*$/.test(part));
  return valid ? [] : [{ path: 'engine.dataFolder', got: quote(folder), want: 'a relative path of letters, digits, "_", "-" and "."' }];
}

/** Another variant has another uid and another C library: on one volume, the two destroy each other's indexes. */
export function checkImage(image: string | undefined, foreign: ForeignImage): Problem[] {
  return image === undefined || !foreign.pattern.test(image) ? [] : [{ ...foreign.problem, got: quote(image) }];
}

/** A list of libraries of the user's own has to hold what the declared extensions need. */
export function checkPreload(request: MemberRequest, needed: string[]): Problem[] {
  const own = request.settings.shared_preload_libraries;
  if (own === undefined) { return []; }
  const listed = own.split(',').map(name => name.trim());
  return needed.filter(name => !listed.includes(name)).map(name => (
    { path: 'settings.shared_preload_libraries', got: quote(own), want: `${name} in the list`, remedy: 'the extension of that name is declared' }));
}
