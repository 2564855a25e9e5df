import { Size } from 'cdk8s';
import { OpenSearch, OpenSearchSecurity, Tls } from '../../lib';
import { Refused, refused } from './database';
import { refusedSetting } from './elasticsearch';

const open = OpenSearchSecurity.disabled({ iAcceptNoAuthentication: true });
const engine = OpenSearch.v3({ security: open });

/** The refusals that only OpenSearch has; what it shares with Elasticsearch is pinned there. */
export const REFUSED: readonly Refused[] = [
  refused({ engine: OpenSearch.of('1') }, 'engine: got OpenSearch.of("1"), want 2, 3, or a patch release of them, such as "3.9.0"'),
  refused({ engine: OpenSearch.v3({ security: OpenSearchSecurity.disabled({ iAcceptNoAuthentication: false }) }) },
    'engine.security: got iAcceptNoAuthentication: false, want iAcceptNoAuthentication: true; or OpenSearchSecurity.enabled(), with `tls`'),
  refused({ engine: OpenSearch.v3() }, 'tls: got none, want a certificate: the security plugin does not work without one; '
    + 'use Tls.fromSecret, or OpenSearchSecurity.disabled where the network policy is protection enough'),
  refused({ engine, tls: Tls.fromSecret('a') },
    'tls: got a certificate, want none where the security plugin is disabled: it is the plugin that speaks TLS'),
  ...Object.entries({
    'knn.memory.circuit_breaker.limit': 'use `vectorMemory` of the engine',
    'plugins.security.allow_default_init_securityindex': 'it is on where `security` of the engine is',
    'plugins.security.disabled': 'use `security` of the engine',
    'plugins.security.restapi.roles_enabled': 'it is on where `security` of the engine is',
    'node.roles': 'a single member has all of them',
  }).map(([name, remedy]) => refusedSetting(engine, name, 'x', `want nothing: the library owns it; ${remedy}`)),
  refused({ engine: OpenSearch.v3({ security: open, vectorMemory: Size.gibibytes(4) }) },
    'resources.memory: got 4Gi, want at least 4611Mi, the sum of what the settings may use; give it more memory, or a smaller `heap`, or less of what lies outside of the heap'),
];
