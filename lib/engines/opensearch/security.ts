import type { MemberRequest } from '../../core/member-request';
import type { Problem } from '../../core/problems';

/** What whoever switches the security plugin off has to say. */
export interface NoAuthenticationConsent {
  /** That whoever reaches the port may read, change and delete everything. */
  readonly iAcceptNoAuthentication: boolean;
}

/** Whether OpenSearch asks its users who they are. */
export class OpenSearchSecurity {
  /** Users have a password, and all connections TLS. Needs `tls`, because the plugin does not work without a certificate. */
  public static enabled(): OpenSearchSecurity { return new OpenSearchSecurity(true, true); }

  /** Nobody is asked anything. Only for a port that `network.allowFrom` opens to nobody but the application. */
  public static disabled(consent: NoAuthenticationConsent): OpenSearchSecurity { return new OpenSearchSecurity(false, consent.iAcceptNoAuthentication); }

  private constructor(
    /** Whether the security plugin is on. */
    public readonly isEnabled: boolean,
    /** Whether that is what the user wants. */
    public readonly isAccepted: boolean,
  ) {}
}

/** Refuses a plugin that has no certificate, a certificate that has no plugin, and no plugin at all unless that was accepted. */
export function checkSecurity(security: OpenSearchSecurity, request: MemberRequest): Problem[] {
  if (!security.isAccepted) {
    return [{ path: 'engine.security', got: 'iAcceptNoAuthentication: false', want: 'iAcceptNoAuthentication: true', remedy: 'or OpenSearchSecurity.enabled(), with `tls`' }];
  }
  if (security.isEnabled && !request.tls) {
    return [{ path: 'tls', got: 'none', want: 'a certificate: the security plugin does not work without one',
      remedy: 'use Tls.fromSecret, or OpenSearchSecurity.disabled where the network policy is protection enough' }];
  }
  if (!security.isEnabled && request.tls) {
    return [{ path: 'tls', got: 'a certificate', want: 'none where the security plugin is disabled: it is the plugin that speaks TLS' }];
  }
  return [];
}

/** The user who may do everything: make other users, take snapshots, change the cluster's settings. */
export const ADMINISTRATOR = 'admin';

/**
 * The security plugin's part of opensearch.yml. Of one node nobody but itself reads the transport's certificate.
 *
 * The server looks at its certificates by itself since 2.19, and does not start with a setting that it does not know.
 */
export function securitySettings(major: string): { readonly [name: string]: string } {
  const files = (layer: string): [string, string][] => [
    [`plugins.security.ssl.${layer}.pemcert_filepath`, 'tls/tls.crt'],
    [`plugins.security.ssl.${layer}.pemkey_filepath`, 'tls/tls.key'],
    [`plugins.security.ssl.${layer}.pemtrustedcas_filepath`, 'tls/tls.crt'],
  ];
  return {
    ...Object.fromEntries([...files('http'), ...files('transport')]),
    'plugins.security.allow_default_init_securityindex': 'true',
    'plugins.security.allow_unsafe_democertificates': 'false',
    'plugins.security.restapi.roles_enabled': 'all_access',
    'plugins.security.ssl.http.enabled': 'true',
    ...(major === '2' ? {} : { 'plugins.security.ssl.certificates_hot_reload.enabled': 'true' }),
  };
}

/**
 * The application's role: all that belongs to indexes, and nothing of users, roles, snapshots or the cluster's settings.
 *
 * @see https://docs.opensearch.org/latest/security/access-control/permissions/
 */
export const SECURITY_ROLES = `_meta: {type: roles, config_version: 2}
app:
  cluster_permissions:
    - cluster_composite_ops
    - cluster_manage_index_templates
    - cluster_manage_pipelines
    - cluster_monitor
  index_permissions:
    - index_patterns: ["*"]
      allowed_actions: [indices_all]
`;

/** Who has which role. */
export const SECURITY_MAPPING = `_meta: {type: rolesmapping, config_version: 2}
all_access:
  users: [${ADMINISTRATOR}]
app:
  users: [app]
`;
