import { Problem, quote } from '../../core/problems';
import { checkText } from '../../core/strings';

/** How a new database cluster sorts text. It is fixed when the database is made. */
export class Collation {
  /**
   * By code point (C.UTF-8), the same on every operating system and in every release.
   *
   * Other orders change with the C library of the image, and an index that was sorted by the old order returns wrong results.
   *
   * @see https://wiki.postgresql.org/wiki/Locale_data_changes
   */
  public static codePoint(): Collation { return new Collation('builtin', 'C.UTF-8'); }

  /** By the rules of a language, with the ICU library: `de-DE`. PostgreSQL 15 or later. */
  public static icu(locale: string): Collation { return new Collation('icu', locale); }

  /** By a locale of the image's C library: `en_US.utf8`, as the official image does. For data that was made so. */
  public static libc(locale: string): Collation { return new Collation('libc', locale); }

  private constructor(
    /** Who sorts. */
    public readonly provider: string,
    /** By which rules. */
    public readonly locale: string,
  ) {}
}

/** The provider as this major knows it: the built-in one came with 17, and is C.UTF-8 of the C library before. */
export function providerOf(collation: Collation, major: number): string {
  return collation.provider === 'builtin' && major < 17 ? 'libc' : collation.provider;
}

/** Refuses what this major cannot sort by. */
export function checkCollation(collation: Collation, major: number): Problem[] {
  const path = 'engine.collation';
  if (!/^[A-Za-z0-9_.@=-]{1,64}$/.test(collation.locale)) {
    return [{ path, got: quote(collation.locale), want: 'the name of a locale, such as "de-DE" or "en_US.utf8"' }];
  }
  if (collation.provider === 'icu' && major < 15) {
    return [{ path, got: `icu on PostgreSQL ${major}`, want: 'PostgreSQL 15 or later for ICU', remedy: 'use Collation.codePoint()' }];
  }
  return checkText(path, collation.locale);
}
