import { Problem, quote } from '../../core/problems';

/** The Alpine variant has no bash, which the scripts are written for, and another gid. */
export function checkVariant(image: string | undefined): Problem[] {
  if (image === undefined || !/alpine/.test(image)) { return []; }
  return [{ path: 'image', got: quote(image), want: 'a variant of the image with bash', remedy: 'Alpine\'s has none, and another group (1000)' }];
}
