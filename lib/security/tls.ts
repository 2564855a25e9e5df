import { Problem } from '../core/problems';
import { checkObjectName } from '../core/strings';

/** Options of `Tls.fromSecret`. */
export interface TlsOptions {
  /**
   * Turns away clients that do not use TLS.
   *
   * @default false
   */
  readonly required?: boolean;
}

/** How connections are encrypted. */
export class Tls {
  /**
   * With the certificate `tls.crt` and the key `tls.key` of a Secret, as cert-manager and `kubectl create secret tls` make it.
   *
   * A renewed certificate is taken without a restart, as soon as the kubelet has written it into the pod, within two minutes.
   */
  public static fromSecret(name: string, options: TlsOptions = {}): Tls { return new Tls(name, options.required ?? false); }

  /** Not at all: whoever can read the network can read the data. */
  public static disabled(): Tls { return new Tls(undefined, false); }

  private constructor(
    /** The Secret with the certificate, if there is one. */
    public readonly secretName: string | undefined,
    /** Whether clients have to use TLS. */
    public readonly required: boolean,
  ) {}
}

/** The keys of a TLS Secret that a server reads. */
export const TLS_KEYS = ['tls.crt', 'tls.key'];

/** Refuses a name that no Secret can have. */
export function checkTls(path: string, tls: Tls): Problem[] {
  return tls.secretName === undefined ? [] : checkObjectName(`${path}.secretName`, tls.secretName);
}
