/** How a figure of the node is compared with what the server needs. */
export enum NodeComparison {
  /** At least this much. */
  AT_LEAST = 'at-least',
  /** At most this much. */
  AT_MOST = 'at-most',
  /** Exactly this. */
  IS = 'is',
}

/** What a requirement is for, and how much it matters. */
export interface NodeRequirementOptions {
  /** What goes wrong without it, as the end of a sentence: `or the server runs out of memory maps`. */
  readonly reason: string;
  /**
   * Whether the server is not started without it. Otherwise the log says that it is missing.
   *
   * @default - it is recommended, and the log warns
   */
  readonly required?: boolean;
}

/** Something that a server needs of its node and that a manifest can't ask for. An init container looks for it. */
export class NodeRequirement {
  /** A kernel parameter, such as `vm.max_map_count`. */
  public static sysctl(name: string, comparison: NodeComparison, value: number, options: NodeRequirementOptions): NodeRequirement {
    return new NodeRequirement(name, `/proc/sys/${name.replace(/\./g, '/')}`, comparison, `${value}`, options);
  }

  /** The mode of transparent huge pages: `always`, `madvise` or `never`. */
  public static transparentHugePages(mode: string, options: NodeRequirementOptions): NodeRequirement {
    return new NodeRequirement('transparent_hugepage', '/sys/kernel/mm/transparent_hugepage/enabled', NodeComparison.IS, mode, options);
  }

  /** How many files a process may have open (`ulimit -n`), which the container runtime decides. Nothing can set it from within. */
  public static openFiles(atLeast: number, options: NodeRequirementOptions): NodeRequirement {
    return new NodeRequirement('open files', '', NodeComparison.AT_LEAST, `${atLeast}`, options);
  }

  /** The file system of the data volume, such as `xfs`. Nothing can set it from within. */
  public static fileSystem(type: string, options: NodeRequirementOptions): NodeRequirement {
    return new NodeRequirement('file system', '', NodeComparison.IS, type, options);
  }

  /** Whether the server is not started without it. */
  public readonly required: boolean;
  /** What goes wrong without it. */
  public readonly reason: string;

  private constructor(
    /** What it is called: the sysctl's name, `transparent_hugepage`, `open files` or `file system`. */
    public readonly name: string,
    /** The file that holds it, and that a privileged container could write; empty where there is none. */
    public readonly file: string,
    /** How it is compared. */
    public readonly comparison: NodeComparison,
    /** What is needed. */
    public readonly value: string,
    options: NodeRequirementOptions,
  ) {
    this.required = options.required ?? false;
    this.reason = options.reason;
  }
}

/** The requirements as the scripts read them: one line each, fields divided by `|`. */
export function requirementLines(requirements: NodeRequirement[]): string {
  return requirements.map(({ comparison, file, name, reason, required, value }) =>
    [required ? 'required' : 'recommended', name, file, comparison, value, reason].join('|')).join('\n');
}
