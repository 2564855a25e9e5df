import { ApiObject, Chart, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { checkBackupNamespace } from '../../core/backup-namespace';
import { checkClients, Client } from '../../core/client';
import type { Connection, CredentialsReference, IDatabase } from '../../core/database';
import { Endpoint, EndpointRole, hostName } from '../../core/endpoint';
import { propsOf } from '../../core/manifest';
import type { IEngine } from '../../core/engine';
import type { ImageProps } from '../../core/image-props';
import type { MemberPlan } from '../../core/member-plan';
import { databaseNames, databaseObjects } from '../../core/names';
import { Problem, quote, refuse } from '../../core/problems';
import { reserve } from '../../core/reservations';
import { checkSnapshotNamespace } from '../../core/snapshot-names';
import { unacknowledged, warn } from '../../core/warnings';
import { clientService, externalService, headlessService, ServiceSpec } from '../../networking/services';
import { networkPolicy, networkPolicySpec } from '../../networking/network-policy';
import { disruptionBudget } from '../../scheduling/disruption-budget';
import { serviceAccount } from '../../security/service-account';
import { adoptingClaims } from '../../storage/claim';
import { adoptionCommands, growthCommands, VolumePlace } from '../../storage/commands';
import { filesConfigMap } from '../../workload/mounted-files';
import { checkDatabase } from '../check-database';
import { DatabaseSpec, resolveDatabase } from '../database-spec';
import { claimSpecOf, fetchPlanOf, labelsOf, memberSet, planOf, selectorOf } from '../member-set';
import type { SingleInstanceDbProps } from './props';

/**
 * One database server with its own volume.
 *
 * It keeps its data when it, its StatefulSet or its namespace is deleted, lets nobody in who was not named, and stops and
 * recovers without being killed. When its node is lost, it is away until the node is back or declared out of service.
 */
export class SingleInstanceDb extends Construct implements IDatabase {
  public readonly databaseName: string;
  public readonly engine: IEngine;
  public readonly image: ImageProps;
  public readonly podLabels?: { [key: string]: string };
  public readonly primary: Endpoint;
  /** The same as `primary`: there is one server. */
  public readonly readers: Endpoint;
  public readonly members: Endpoint[];
  public readonly credentials: CredentialsReference;
  public readonly connection: Connection;
  /** The StatefulSet, for `addJsonPatch`: the way out when a field is missing. */
  public readonly apiObject: ApiObject;
  private readonly clients: Client[];
  private readonly place: VolumePlace;

  public constructor(scope: Construct, id: string, props: SingleInstanceDbProps) {
    super(scope, id);
    const namespace = Chart.of(this).namespace;
    const spec = resolveDatabase(id, props.engine, props);
    refuse(`SingleInstanceDb ${quote(this.node.path)}`,
      [...checkDatabase(spec), ...this.checkSource(spec, namespace), ...reserve(this, namespace, spec.name, databaseObjects(spec.name))]);
    const plan = planOf(spec);
    const names = databaseNames(spec.name);

    this.databaseName = spec.name;
    this.engine = spec.engine;
    this.image = imageOf(props);
    this.podLabels = { ...selectorOf(spec) };
    this.clients = [...spec.network.clients];
    this.place = { storage: spec.storage, statefulSet: names.statefulSet, replicas: 1, namespace };
    this.primary = { host: hostName(namespace, names.service), port: portOf(plan), role: EndpointRole.PRIMARY };
    this.readers = this.primary;
    this.members = [{ host: hostName(namespace, `${spec.name}-0`, names.headlessService), port: portOf(plan), role: EndpointRole.MEMBER }];
    this.credentials = { secretName: spec.credentials.secretName, passwordKeys: plan.passwordKeys };
    this.connection = connectionOf(spec, plan, this.primary);
    this.addObjects(spec, plan);
    this.apiObject = new ApiObject(this, 'Resource', propsOf(memberSet(spec, plan, 1)));
    warn(this, unacknowledged(spec.engine.warnings(spec.request), spec.acknowledgedWarnings));
  }

  public allowFrom(...clients: Client[]): void {
    refuse(`allowFrom of SingleInstanceDb ${quote(this.node.path)}`, checkClients('clients', clients));
    this.clients.push(...clients);
  }

  /**
   * The commands that grow the claims in the cluster to the sizes that the manifests have; then the manifests can be applied.
   *
   * The pod runs on. They change nothing where the claims have these sizes already. As they replace the StatefulSet, they are also what has to
   * be run before `DataSource.snapshot` is taken out of the code.
   */
  public growthCommands(): string[] { return growthCommands(this.place); }

  /** The commands that free the volumes of `DataSource.releasedVolumes` for this database; none for other data sources. */
  public adoptionCommands(): string[] { return adoptionCommands(this.place); }

  private checkSource({ storage: { source } }: DatabaseSpec, namespace: string | undefined): Problem[] {
    return [...checkBackupNamespace('dataSource', this, source.backups), ...checkSnapshotNamespace('dataSource', source.snapshots, namespace)];
  }

  // In the order in which a person would apply them: what the pods need comes before them.
  private addObjects(spec: DatabaseSpec, plan: MemberPlan): void {
    const names = databaseNames(spec.name);
    const labels = labelsOf(spec);
    const members: ServiceSpec = { name: names.headlessService, labels, selector: selectorOf(spec), ports: plan.ports };
    const policy = { ...members, name: names.networkPolicy, outwards: fetchPlanOf(spec)?.ports };
    new ApiObject(this, 'ServiceAccount', propsOf(serviceAccount(names.serviceAccount, labels)));
    new ApiObject(this, 'Config', propsOf(filesConfigMap(names.config, labels, plan.files)));
    new ApiObject(this, 'Scripts', propsOf(filesConfigMap(names.scripts, labels, plan.scripts)));
    const rules: unknown = Lazy.any({ produce: () => networkPolicySpec(policy, this.clients) });
    new ApiObject(this, 'NetworkPolicy', { ...propsOf(networkPolicy(policy, [])), spec: rules });
    new ApiObject(this, 'Members', propsOf(headlessService(members)));
    new ApiObject(this, 'Service', propsOf(clientService({ ...members, name: names.service })));
    const external = { ...members, name: names.externalService };
    if (spec.network.exposure !== undefined) { new ApiObject(this, 'External', propsOf(externalService(external, spec.network.exposure))); }
    const budget = disruptionBudget({ name: names.disruptionBudget, labels, selector: members.selector, replicas: 1 });
    if (budget !== undefined) { new ApiObject(this, 'DisruptionBudget', propsOf(budget)); }
    adoptingClaims(claimSpecOf(spec)).forEach((claim, index) => new ApiObject(this, `Claim${index}`, propsOf(claim)));
  }
}

// Only what it is declared to have: the props have more.
function imageOf({ image, imagePullPolicy, imagePullSecrets, imageUser }: ImageProps): ImageProps {
  return { image, imagePullPolicy, imagePullSecrets, imageUser };
}

function portOf(plan: MemberPlan): number {
  return (plan.ports[0] as { port: number }).port;
}

function connectionOf(spec: DatabaseSpec, plan: MemberPlan, primary: Endpoint): Connection {
  return {
    ...plan.client,
    host: primary.host,
    port: primary.port,
    secretName: spec.credentials.secretName,
    tlsRequired: spec.tls.required,
  };
}
