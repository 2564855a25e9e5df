import type { Size } from 'cdk8s';
import type { ICpu } from '../core/cpu';

/** What one member may use. */
export interface ResourcesProps {
  /** The memory request and limit, which are the same: a database that loses its memory loses its connections. */
  readonly memory: Size;
  /** The processor request. */
  readonly cpu: ICpu;
  /**
   * The processor limit.
   *
   * @default - none: a database uses what its node has to spare
   */
  readonly cpuLimit?: ICpu;
}

/** What the settings that are derived from memory and processor aim at. */
export interface SizingProps {
  /**
   * The most connections that clients may have at a time. Each costs memory, whether it is used or not.
   *
   * @default - by the engine, from the memory
   */
  readonly connections?: number;
}

/** What is done about settings of the node that a server needs, such as `vm.max_map_count`. */
export enum NodeTuning {
  /** An init container looks, and stops the pod, or warns in its log, where something is missing. */
  CHECK = 'check',
  /**
   * A privileged init container sets them first, for every pod of the node and until the node restarts.
   *
   * The namespace has to allow privileged pods: neither "restricted" nor "baseline" does.
   */
  SET_AS_PRIVILEGED = 'set-as-privileged',
}

/** Labels and annotations of the pods. */
export interface PodMetadataProps {
  /**
   * Labels of the pods, beside those of the library.
   *
   * @default - none
   */
  readonly labels?: { [key: string]: string };
  /**
   * Annotations of the pods. A change restarts them.
   *
   * @default - none
   */
  readonly annotations?: { [key: string]: string };
}
