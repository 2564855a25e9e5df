/** Where an engine's figures come from. */
export interface ExporterOptions {
  /** The TCP port of the figures. */
  readonly port: number;
  /**
   * The path of the figures.
   *
   * @default - `/metrics`
   */
  readonly path?: string;
}

/** How Prometheus reads an engine's figures. */
export class Exporter {
  /** The server has them itself. */
  public static builtIn(options: ExporterOptions): Exporter {
    return new Exporter(options.port, options.path ?? '/metrics', undefined, undefined);
  }

  /** A program of its own asks the server, from an image with a pinned tag. */
  public static image(image: string, options: ExporterOptions): Exporter {
    return new Exporter(options.port, options.path ?? '/metrics', image, undefined);
  }

  /** There is none that is kept, or none that can be used; the reason is for the documentation. */
  public static none(reason: string): Exporter {
    return new Exporter(undefined, undefined, undefined, reason);
  }

  private constructor(
    /** The TCP port of the figures, if there are any. */
    public readonly port: number | undefined,
    /** The path of the figures, if there are any. */
    public readonly path: string | undefined,
    /** The exporter's image, if it is a program of its own. */
    public readonly exporterImage: string | undefined,
    /** Why there is none. */
    public readonly noneBecause: string | undefined,
  ) {}
}
