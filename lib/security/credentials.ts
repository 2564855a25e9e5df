import { Problem } from '../core/problems';
import { checkObjectName } from '../core/strings';

/** A Secret by its name. A Secret of cdk8s or cdk8s-plus fits. */
export interface ISecretReference {
  /** The name of the Secret. */
  readonly name: string;
}

/**
 * Where the passwords come from: always a Secret that somebody else makes.
 *
 * The library never makes, holds or prints a password, and neither do its manifests.
 */
export class Credentials {
  /** A Secret of the database's namespace, by name; the engine's README lists its keys. */
  public static existingSecret(name: string): Credentials { return new Credentials(name); }

  /** A Secret that was made with cdk8s or cdk8s-plus. */
  public static secret(secret: ISecretReference): Credentials { return new Credentials(secret.name); }

  private constructor(
    /** The name of the Secret. */
    public readonly secretName: string,
  ) {}
}

/** Refuses a name that no Secret can have. */
export function checkCredentials(path: string, credentials: Credentials): Problem[] {
  return checkObjectName(`${path}.secretName`, credentials.secretName);
}
