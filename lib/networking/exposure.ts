import { Problem, under } from '../core/problems';
import { checkAnnotations, checkLine } from '../core/strings';

/** Options of `Exposure.loadBalancer`. */
export interface LoadBalancerOptions {
  /**
   * Annotations of the Service, which tell the cloud what to make.
   *
   * @default - none; many clouds then make a load balancer with a public address
   */
  readonly annotations?: { [key: string]: string };
  /**
   * The class of the load balancer.
   *
   * @default - the cluster's default
   */
  readonly loadBalancerClass?: string;
}

/** How a database is reached from outside the cluster, beside its Service inside. */
export class Exposure {
  /**
   * Through a load balancer of the cloud.
   *
   * @param sources the address ranges that may connect, at least one; the network policy lets them in as well
   */
  public static loadBalancer(sources: string[], options: LoadBalancerOptions = {}): Exposure {
    return new Exposure('LoadBalancer', sources, options.annotations ?? {}, options.loadBalancerClass);
  }

  /**
   * Through a port of every node.
   *
   * @param sources the address ranges that may connect, at least one; the network policy lets them in as well
   * @param nodePort the port, from 30000 to 32767; by default the cluster chooses one
   */
  public static nodePort(sources: string[], nodePort?: number): Exposure {
    return new Exposure('NodePort', sources, {}, undefined, nodePort);
  }

  private constructor(
    /** The Service's type. */
    public readonly type: string,
    /** Who may connect. */
    public readonly sources: string[],
    /** The Service's annotations. */
    public readonly annotations: { [key: string]: string },
    /** The class of the load balancer, if one is asked for. */
    public readonly loadBalancerClass?: string,
    /** The port on the nodes, if one is asked for. */
    public readonly port?: number,
  ) {}
}

/** Refuses an exposure to everybody by omission; the sources themselves are checked as clients. */
export function checkExposure(path: string, exposure: Exposure): Problem[] {
  const { port, loadBalancerClass } = exposure;
  return under(path, [
    ...(exposure.sources.length > 0 ? [] : [{ path: 'sources', got: '[]', want: 'at least one address range' }]),
    ...checkAnnotations(exposure.annotations, 'annotations'),
    ...(loadBalancerClass === undefined ? [] : checkLine('loadBalancerClass', loadBalancerClass)),
    ...(port === undefined || (Number.isInteger(port) && port >= 30000 && port <= 32767) ? []
      : [{ path: 'nodePort', got: `${port}`, want: 'a port from 30000 to 32767' }]),
  ]);
}
