import type { Duration, Size } from 'cdk8s';
import type { NodeRequirement } from './node-requirement';

/** A port that a member listens on. */
export interface PortPlan {
  /** The port's name, at most 15 characters. */
  readonly name: string;
  /** The TCP port. */
  readonly port: number;
  /** Whether the clients that are let in may connect to it. */
  readonly forClients: boolean;
}

/** A probe that runs a command in the container. */
export interface ProbePlan {
  /** The command; exit code 0 is success. */
  readonly command: string[];
  /** Time between two probes. */
  readonly period: Duration;
  /** How long one probe may take. */
  readonly timeout: Duration;
  /** How many failures in a row count. */
  readonly failures: number;
}

/** A folder that a member writes to outside its volumes; it is empty at every start of the pod. */
export interface ScratchPlan {
  /** The name of the volume. */
  readonly name: string;
  /** Where it is mounted. */
  readonly path: string;
  /** How large it may grow; a pod that writes more is evicted. */
  readonly size: Size;
  /** Whether it lies in memory, where it counts against the memory limit. */
  readonly inMemory: boolean;
}

/** A small container beside the server, from the same image, with the same configuration and scripts. */
export interface CompanionPlan {
  /** The container's name. */
  readonly name: string;
  /** What it runs. */
  readonly command: string[];
  /** Its environment. */
  readonly environment: { readonly [name: string]: string };
  /** Its memory request and limit. */
  readonly memory: Size;
  /** Its processor request in thousandths of a core. */
  readonly cpuMillis: number;
  /** The names of the member's scratch folders that it shares. */
  readonly sharedScratch: string[];
  /** Whether it sees the volumes, which it can't write to. */
  readonly seesVolumes: boolean;
  /** Whether it sees the passwords and the certificate: only where the server itself can't read what it has to apply. */
  readonly seesSecrets: boolean;
}

/** How an application connects, as far as the engine decides it. */
export interface ClientPlan {
  /** The scheme of a connection URI. */
  readonly scheme: string;
  /** The application's database; empty where the server has none. */
  readonly database: string;
  /** The application's role; empty where the server has none. */
  readonly username: string;
  /** The key of its password in the credentials Secret; empty where there is no password. */
  readonly passwordKey: string;
}

/** One member of a database as plain data: what it runs, reads, writes and answers. */
export interface MemberPlan {
  /** The container's name. */
  readonly container: string;
  /** The image. */
  readonly image: string;
  /** The uid that owns the data in this image. */
  readonly user: number;
  /** The gid that owns the data in this image. */
  readonly group: number;
  /** What the container runs. */
  readonly command: string[];
  /** The environment: paths and numbers, never a secret. */
  readonly environment: { readonly [name: string]: string };
  /** Configuration files by name, at `MOUNTS.config`. */
  readonly files: { readonly [name: string]: string };
  /** Those of the files that take effect without a restart. */
  readonly liveFiles: string[];
  /** Scripts by name, at `MOUNTS.scripts`. */
  readonly scripts: { readonly [name: string]: string };
  /** Where the data volume is mounted; the data lies in a folder below. */
  readonly dataMount: string;
  /**
   * Where the volume of the write-ahead log is mounted, if there is one.
   *
   * @default - the engine can't have its log on a volume of its own
   */
  readonly walMount?: string;
  /** The ports; the first is the one that clients use by default. */
  readonly ports: PortPlan[];
  /** Folders outside the volumes. */
  readonly scratch: ScratchPlan[];
  /** Succeeds as soon as the server answers, even if it only says that it recovers. */
  readonly startup: ProbePlan;
  /** Succeeds when the server serves. */
  readonly readiness: ProbePlan;
  /** Fails when the server is dead, and never because it is busy. */
  readonly liveness: ProbePlan;
  /** Runs before the container is stopped, and returns at once; empty where SIGTERM to the server is all that is needed. */
  readonly stopCommand: string[];
  /** The keys of the credentials Secret that the server reads, by role. */
  readonly passwordKeys: { readonly [role: string]: string };
  /** Containers beside the server. */
  readonly companions: CompanionPlan[];
  /** How an application connects. */
  readonly client: ClientPlan;
  /** What the server needs of its node. */
  readonly nodeRequirements: NodeRequirement[];
}
