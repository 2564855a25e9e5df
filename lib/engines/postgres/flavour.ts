import type { MemberRequest } from '../../core/member-request';
import type { Problem } from '../../core/problems';
import type { StringMap } from '../../core/strings';

/** An image that its owner or its C library rules out. */
export interface ForeignImage {
  /** How its name is known. */
  readonly pattern: RegExp;
  /** What to refuse it with. */
  readonly problem: Problem;
}

/** What differs between PostgreSQL and a server that is made of it. */
export interface Flavour {
  /** The engine's name, which is its container's as well. */
  readonly name: string;
  /** The uid that owns the data in its image. */
  readonly user: number;
  /** The gid that owns the data in its image. */
  readonly group: number;
  /** The image that must not run on a volume of this one. */
  readonly foreignImage: ForeignImage;
  /** Extensions that are made in every declared database. */
  readonly extensions: string[];
  /** Settings that are not the user's, beside those of PostgreSQL. */
  readonly reserved: StringMap;
  /** Scripts beside those of PostgreSQL. */
  scripts(): StringMap;
  /** The image of a version. */
  imageOf(version: string): string;
  /** The major of PostgreSQL in a version. */
  majorOf(version: string): number;
  /** Refuses a version that is not supported. */
  checkVersion(version: string): Problem[];
  /** Derived settings beside those of PostgreSQL; the user's own win. */
  derived(request: MemberRequest, databases: number): StringMap;
}
