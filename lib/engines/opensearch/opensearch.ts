import { Duration, Size } from 'cdk8s';
import { BackupKind, BackupSupport } from '../../core/backup-support';
import type { EngineDefaults, IEngine } from '../../core/engine';
import { Exporter } from '../../core/exporter';
import type { MemberPlan } from '../../core/member-plan';
import type { MemberRequest } from '../../core/member-request';
import type { Problem } from '../../core/problems';
import { mebibytes } from '../../core/quantity';
import { checkVersion, imageOf, releaseWarnings } from '../../core/releases';
import { readScripts } from '../../core/scripts';
import type { StringMap } from '../../core/strings';
import type { Warning } from '../../core/warnings';
import { CONFIGURATION_MEMORY, dataOf, homeOf, renewer, searchPlan, USER } from '../elasticsearch/member';
import { checkSettings } from '../elasticsearch/reserved';
import { commonGroups, Group, jvmOptions, LOGGING, settingsYml } from '../elasticsearch/settings';
import { checkSizing, deriveSizing, MemoryUse } from '../elasticsearch/sizing';
import { majorOf } from '../elasticsearch/versions';
import type { OpenSearchOptions } from './options';
import { OPENSEARCH_RESERVED } from './reserved';
import { ADMINISTRATOR, checkSecurity, OpenSearchSecurity, SECURITY_MAPPING, SECURITY_ROLES, securitySettings } from './security';
import { OPENSEARCH } from './versions';

/** In mebibytes: classes 130, compiled code 80, threads 60 and the rest of the JVM 30. */
const OVERHEAD = 300;

/** OpenSearch 2 and 3 as a single node, from the official image `docker.io/opensearchproject/opensearch`. */
export class OpenSearch implements IEngine {
  /** OpenSearch 2: its last minor, 2.19. */
  public static v2(options: OpenSearchOptions = {}): OpenSearch { return new OpenSearch('2', options); }
  /** OpenSearch 3. */
  public static v3(options: OpenSearchOptions = {}): OpenSearch { return new OpenSearch('3', options); }
  /** A certain patch release, such as `3.9.0`, or a major, which is the same as its factory. */
  public static of(version: string, options: OpenSearchOptions = {}): OpenSearch { return new OpenSearch(version, options); }

  public readonly name = 'opensearch';
  public readonly defaults: EngineDefaults = { memory: Size.gibibytes(4), cpuMillis: 1000 };
  public readonly exporter = Exporter.image('quay.io/prometheuscommunity/elasticsearch-exporter:v1.9.0', { port: 9114 });
  public readonly separatesLog = false;
  public readonly backupSupport = BackupSupport.by(
    { kind: BackupKind.PHYSICAL, tool: 'snapshot repository', consistency: 'each shard is copied as of one of its commits, by the server itself' },
  );
  private readonly security: OpenSearchSecurity;
  private readonly heap: Size | undefined;
  private readonly vectorMemory: Size | undefined;

  private constructor(public readonly version: string, options: OpenSearchOptions) {
    this.security = options.security ?? OpenSearchSecurity.enabled();
    this.heap = options.heap;
    this.vectorMemory = options.vectorMemory;
  }

  /** Three minutes, and a second more for every 50 MiB of new documents that may be in the heap, a tenth of it. */
  public shutdownTimeout(memory: Size): Duration {
    return Duration.seconds(180 + Math.ceil(mebibytes(memory) / 20 / 50));
  }

  /** A quarter of an hour, and as much again for every full TiB: the server answers before its shards are recovered. */
  public startupTimeout(dataSize: Size): Duration {
    return Duration.minutes(15 * (1 + Math.floor(mebibytes(dataSize) / (1024 * 1024))));
  }

  public warnings(_request: MemberRequest): Warning[] {
    const open = { code: 'opensearch-no-authentication', message: 'whoever reaches the port may read, change and delete everything, in clear' };
    return [...releaseWarnings(OPENSEARCH, this.version), ...(this.security.isEnabled ? [] : [open])];
  }

  public check(request: MemberRequest): Problem[] {
    const release = checkVersion(OPENSEARCH, this.version);
    if (release.length > 0) { return release; }
    return [
      ...checkSecurity(this.security, request),
      ...checkSettings(request, OPENSEARCH_RESERVED),
      ...checkSizing(request, each => this.memoryUse(each)),
    ];
  }

  public plan(request: MemberRequest): MemberPlan {
    const passwordKeys: StringMap = this.security.isEnabled ? { [USER]: 'password', [ADMINISTRATOR]: 'admin-password' } : {};
    const member = { name: this.name, configVariable: 'OPENSEARCH_PATH_CONF', major: majorOf(OPENSEARCH, this.version), request, passwordKeys };
    return searchPlan({
      ...member,
      image: request.image ?? imageOf(OPENSEARCH, this.version),
      files: this.files(request),
      scripts: readScripts(__dirname),
      companions: this.security.isEnabled ? [renewer(member)] : [],
    });
  }

  private files(request: MemberRequest): StringMap {
    const home = homeOf(this.name);
    return {
      'jvm.options': jvmOptions(deriveSizing(request.memory, this.memoryUse(request)), home, 'opensearch'),
      'log4j2.properties': LOGGING,
      'opensearch.yml': settingsYml([...commonGroups(request, home, dataOf(this.name)), ...this.ownGroups()], request.settings),
      // Only for an image that has the plugin: to others the setting is unknown, and they do not start with it.
      'with-opensearch-knn.yml': `knn.memory.circuit_breaker.limit: "${this.vectors(request)}mb"\n`,
      ...(this.security.isEnabled ? { 'security-roles.yml': SECURITY_ROLES, 'security-mapping.yml': SECURITY_MAPPING } : {}),
    };
  }

  private ownGroups(): Group[] {
    return [
      ...(this.security.isEnabled ? [{ title: 'Fixed: users and certificates come from Secrets', yields: false, settings: securitySettings(majorOf(OPENSEARCH, this.version)) }] : []),
      // There is no second member for a copy, and an index that waits for one stays yellow.
      { title: 'Defaults of a single member', yields: true, settings: { 'cluster.default_number_of_replicas': '0' } },
    ];
  }

  private vectors({ memory }: MemberRequest): number {
    return this.vectorMemory === undefined ? Math.floor(mebibytes(memory) / 10) : mebibytes(this.vectorMemory);
  }

  private memoryUse(request: MemberRequest): MemoryUse {
    return { heap: this.heap, others: OVERHEAD + CONFIGURATION_MEMORY + this.vectors(request) };
  }
}
