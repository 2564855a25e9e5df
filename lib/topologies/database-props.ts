import type { Duration } from 'cdk8s';
import type { DataSource } from '../core/data-source';
import type { KubernetesVersion } from '../core/kubernetes-version';
import type { NetworkProps } from '../networking/props';
import type { SchedulingProps } from '../scheduling/props';
import type { Credentials } from '../security/credentials';
import type { Tls } from '../security/tls';
import type { GitOps } from '../storage/gitops';
import type { StorageProps } from '../storage/props';
import type { ImageProps } from '../core/image-props';
import type { NodeTuning, PodMetadataProps, ResourcesProps, SizingProps } from './member-props';

/** The props that every topology has. */
export interface DatabaseProps extends ImageProps {
  /**
   * The name of the database and of its objects: lower-case letters, digits and "-", at most 52 characters.
   *
   * Changing it makes a new, empty database.
   *
   * @default - the construct's id
   */
  readonly name?: string;
  /** Where the data lies. */
  readonly storage: StorageProps;
  /**
   * Where the passwords come from.
   *
   * @default Credentials.existingSecret('<name>-credentials')
   */
  readonly credentials?: Credentials;
  /**
   * What one member may use.
   *
   * @default - by the engine
   */
  readonly resources?: ResourcesProps;
  /**
   * What the derived settings aim at.
   *
   * @default - by the engine
   */
  readonly sizing?: SizingProps;
  /**
   * Settings of the server, by their own names. Those that the library owns are refused by name.
   *
   * @default - only what is derived
   */
  readonly settings?: { [name: string]: string };
  /**
   * Where the pods run.
   *
   * @default - anywhere, spread over nodes and zones where possible
   */
  readonly scheduling?: SchedulingProps;
  /**
   * Who may talk to the database.
   *
   * @default - nobody
   */
  readonly network?: NetworkProps;
  /**
   * How connections are encrypted.
   *
   * @default Tls.disabled()
   */
  readonly tls?: Tls;
  /**
   * Where the first byte of data comes from.
   *
   * @default DataSource.empty()
   */
  readonly dataSource?: DataSource;
  /**
   * How long a clean stop may take before the server is killed, in whole seconds, at least 30 s.
   *
   * Becomes `terminationGracePeriodSeconds`. A killed server loses nothing, but replays its log at the next start.
   *
   * @default - by the engine and the memory
   */
  readonly shutdownTimeout?: Duration;
  /**
   * How long the server may give no answer at all after a start, in whole seconds, at least 5 minutes.
   *
   * A server that answers that it is recovering is never killed for it, however long it takes.
   *
   * @default - by the engine and the size of the data volume; with a backup as the data source, a day more for each TiB of it
   */
  readonly startupTimeout?: Duration;
  /**
   * What is done about settings of the node that the server needs.
   *
   * @default NodeTuning.CHECK
   */
  readonly nodeTuning?: NodeTuning;
  /**
   * The codes of warnings that were read and accepted, so that synth is silent about them: `mongodb-licence`.
   *
   * A code that this database has no warning of is refused, so that the list stays true.
   *
   * @default - none
   */
  readonly acknowledgedWarnings?: string[];
  /**
   * Labels and annotations of the pods.
   *
   * @default - those of the library
   */
  readonly podMetadata?: PodMetadataProps;
  /**
   * Labels of every object, beside those of the library; not of claims, whose templates can't be changed.
   *
   * @default - none
   */
  readonly labels?: { [key: string]: string };
  /**
   * Annotations of the StatefulSet.
   *
   * @default - none
   */
  readonly annotations?: { [key: string]: string };
  /**
   * Whether GitOps tools are told to leave the claims alone.
   *
   * @default GitOps.GUARDED
   */
  readonly gitOps?: GitOps;
  /**
   * The oldest Kubernetes version that the manifests have to work on.
   *
   * @default KubernetesVersion.OLDEST
   */
  readonly kubernetesVersion?: KubernetesVersion;
}
