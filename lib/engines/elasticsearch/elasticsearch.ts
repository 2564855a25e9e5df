import { Duration, Size } from 'cdk8s';
import { BackupKind, BackupSupport } from '../../core/backup-support';
import type { EngineDefaults, IEngine } from '../../core/engine';
import { Exporter } from '../../core/exporter';
import type { MemberPlan } from '../../core/member-plan';
import type { MemberRequest } from '../../core/member-request';
import type { Problem } from '../../core/problems';
import { mebibytes } from '../../core/quantity';
import { checkVersion, imageOf, releaseWarnings } from '../../core/releases';
import type { StringMap } from '../../core/strings';
import type { Warning } from '../../core/warnings';
import { CONFIGURATION_MEMORY, dataOf, elasticsearchScripts, homeOf, renewer, searchPlan, USER } from './member';
import type { ElasticsearchOptions } from './options';
import { checkSettings, ELASTICSEARCH_RESERVED, ML_SHARE } from './reserved';
import { ROLES } from './roles';
import { commonGroups, Group, jvmOptions, LOGGING, settingsYml } from './settings';
import { checkSizing, deriveSizing, MemoryUse } from './sizing';
import { ELASTICSEARCH, majorOf } from './versions';

/** In mebibytes: classes 130, compiled code 80, threads 60 and the rest of the JVM 30; the program that starts the server, a JVM of its own, 100. */
const OVERHEAD = 300 + 100;

/** Elasticsearch 8 and 9 as a single node, from the official image `docker.elastic.co/elasticsearch/elasticsearch`. */
export class Elasticsearch implements IEngine {
  /** Elasticsearch 8: its last minor, 8.19. */
  public static v8(options: ElasticsearchOptions = {}): Elasticsearch { return new Elasticsearch('8', options); }
  /** Elasticsearch 9. */
  public static v9(options: ElasticsearchOptions = {}): Elasticsearch { return new Elasticsearch('9', options); }
  /** A certain patch release, such as `9.5.3`, or a major, which is the same as its factory. */
  public static of(version: string, options: ElasticsearchOptions = {}): Elasticsearch { return new Elasticsearch(version, options); }

  public readonly name = 'elasticsearch';
  public readonly defaults: EngineDefaults = { memory: Size.gibibytes(4), cpuMillis: 1000 };
  public readonly exporter = Exporter.image('quay.io/prometheuscommunity/elasticsearch-exporter:v1.9.0', { port: 9114 });
  public readonly separatesLog = false;
  public readonly backupSupport = BackupSupport.by(
    { kind: BackupKind.PHYSICAL, tool: 'snapshot repository', consistency: 'each shard is copied as of one of its commits, by the server itself' },
  );
  private readonly options: ElasticsearchOptions;

  private constructor(public readonly version: string, options: ElasticsearchOptions) {
    this.options = { heap: options.heap };
  }

  /** Three minutes, and a second more for every 50 MiB of new documents that may be in the heap, a tenth of it. */
  public shutdownTimeout(memory: Size): Duration {
    return Duration.seconds(180 + Math.ceil(mebibytes(memory) / 20 / 50));
  }

  /** A quarter of an hour, and as much again for every full TiB: the server answers before its shards are recovered. */
  public startupTimeout(dataSize: Size): Duration {
    return Duration.minutes(15 * (1 + Math.floor(mebibytes(dataSize) / (1024 * 1024))));
  }

  public warnings(request: MemberRequest): Warning[] {
    const plain = { code: 'elasticsearch-plain-password', message: 'without `tls` the password and all data cross the network in clear' };
    return [...releaseWarnings(ELASTICSEARCH, this.version), ...(request.tls ? [] : [plain])];
  }

  public check(request: MemberRequest): Problem[] {
    const release = checkVersion(ELASTICSEARCH, this.version);
    if (release.length > 0) { return release; }
    return [...checkSettings(request, ELASTICSEARCH_RESERVED), ...checkSizing(request, each => this.memoryUse(each))];
  }

  public plan(request: MemberRequest): MemberPlan {
    const member = { name: this.name, configVariable: 'ES_PATH_CONF', major: majorOf(ELASTICSEARCH, this.version), request, passwordKeys: { [USER]: 'password' } };
    return searchPlan({
      ...member,
      image: request.image ?? imageOf(ELASTICSEARCH, this.version),
      files: this.files(request),
      scripts: elasticsearchScripts(),
      companions: [renewer(member)],
    });
  }

  private files(request: MemberRequest): StringMap {
    const home = homeOf(this.name);
    return {
      'elasticsearch.yml': settingsYml([...commonGroups(request, home, dataOf(this.name)), ...ownGroups(request)], request.settings),
      'jvm.options': jvmOptions(deriveSizing(request.memory, this.memoryUse(request)), home, 'es'),
      'log4j2.properties': LOGGING,
      'roles.yml': ROLES,
    };
  }

  private memoryUse({ memory, settings }: MemberRequest): MemoryUse {
    const percent = settings['xpack.ml.enabled'] === 'true' ? Number(settings[ML_SHARE] ?? '30') : 0;
    return { heap: this.options.heap, others: OVERHEAD + CONFIGURATION_MEMORY + Math.ceil(mebibytes(memory) * percent / 100) };
  }
}

function ownGroups(request: MemberRequest): Group[] {
  return [
    { title: 'Fixed: users and certificates come from Secrets', yields: false, settings: {
      'xpack.security.autoconfiguration.enabled': 'false',
      'xpack.security.enabled': 'true',
      'xpack.security.enrollment.enabled': 'false',
      'xpack.security.http.ssl.enabled': `${request.tls}`,
      ...(request.tls ? { 'xpack.security.http.ssl.certificate': 'tls/tls.crt', 'xpack.security.http.ssl.key': 'tls/tls.key' } : {}),
    } },
    { title: 'Defaults: nothing is fetched from the internet, and nothing runs beside the server', yields: true, settings: {
      'ingest.geoip.downloader.enabled': 'false',
      'xpack.ml.enabled': 'false',
    } },
  ];
}
