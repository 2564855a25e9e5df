import { isAddressRange } from '../../core/address-range';
import { Problem, quote } from '../../core/problems';
import { checkIdentifier } from './identifier';

/** To whom an `AccessRule` applies. */
export interface AccessMatch {
  /**
   * The databases.
   *
   * @default - every one
   */
  readonly databases?: string[];
  /**
   * The roles.
   *
   * @default - every one
   */
  readonly roles?: string[];
  /**
   * The range of addresses, in CIDR notation.
   *
   * @default - every address
   */
  readonly from?: string;
}

/** One line of pg_hba.conf for connections over the network. The superuser is turned away before the first one. */
export class AccessRule {
  /** Lets in who knows the role's password. Only with TLS, where TLS is required. */
  public static password(match: AccessMatch = {}): AccessRule { return new AccessRule('host', 'scram-sha-256', match); }
  /** Lets in who knows the role's password, with TLS only. */
  public static passwordWithTls(match: AccessMatch = {}): AccessRule { return new AccessRule('hostssl', 'scram-sha-256', match); }
  /** Turns away. */
  public static reject(match: AccessMatch = {}): AccessRule { return new AccessRule('host', 'reject', match); }

  private constructor(
    /** The kind of connection, as pg_hba.conf has it. */
    public readonly connection: string,
    /** The method, as pg_hba.conf has it. */
    public readonly method: string,
    /** To whom it applies. */
    public readonly match: AccessMatch,
  ) {}
}

/** pg_hba.conf: the superuser from within the pod, and the rules for everybody else. */
export function hbaConf(rules: AccessRule[], superuser: string, tlsRequired: boolean): string {
  const network = tlsRequired ? 'hostssl' : 'host';
  const lines = [
    `local all ${quoted(superuser)} peer map=superuser`,
    'local all all scram-sha-256',
    `host all ${quoted(superuser)} all reject`,
    // Asked by ready.sh, which has no password and wants to know only whether there is an answer.
    'host all "readiness" samehost scram-sha-256',
    ...rules.map(rule => line(rule, rule.method === 'reject' ? rule.connection : tlsRequired ? network : rule.connection)),
  ];
  return `# Read from the top; the first line that fits decides.\n${lines.join('\n')}\n`;
}

/** pg_ident.conf: the pod's own user is the superuser. */
export function identConf(superuser: string): string {
  return `# map, user of the pod, role\nsuperuser postgres ${quoted(superuser)}\n`;
}

/** Refuses names that no role has, and addresses that are none. */
export function checkAccessRules(rules: AccessRule[], hasTls: boolean): Problem[] {
  return rules.flatMap((rule, index) => {
    const path = `engine.accessRules[${index}]`;
    const { databases = [], roles = [], from } = rule.match;
    return [
      ...databases.flatMap((name, at) => checkIdentifier(`${path}.databases[${at}]`, name)),
      ...roles.flatMap((name, at) => checkIdentifier(`${path}.roles[${at}]`, name)),
      ...(from === undefined || isAddressRange(from) ? []
        : [{ path: `${path}.from`, got: quote(from), want: 'an address range such as "10.0.0.0/8"' }]),
      ...(rule.connection !== 'hostssl' || hasTls ? [] : [{ path, got: 'AccessRule.passwordWithTls', want: '`tls` with a certificate' }]),
    ];
  });
}

function line(rule: AccessRule, connection: string): string {
  const { databases, roles, from } = rule.match;
  return [connection, list(databases), list(roles), from ?? 'all', rule.method].join(' ');
}

function list(names: string[] | undefined): string {
  return names === undefined || names.length === 0 ? 'all' : names.map(quoted).join(',');
}

// In quotes a name is only a name, also if it is "all" or begins with "+".
function quoted(name: string): string {
  return `"${name.replace(/"/g, '""')}"`;
}
