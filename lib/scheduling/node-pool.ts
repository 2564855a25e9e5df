/** A pool of nodes, by the label that its cloud gives them. */
export class NodePool {
  /** Nodes with this label; a taint of the same key and value with the effect NoSchedule is tolerated. */
  public static labelled(key: string, value: string): NodePool { return new NodePool(key, value); }
  /** A node pool of Google Kubernetes Engine. */
  public static gke(name: string): NodePool { return new NodePool('cloud.google.com/gke-nodepool', name); }
  /** A managed node group of Amazon EKS. */
  public static eks(name: string): NodePool { return new NodePool('eks.amazonaws.com/nodegroup', name); }
  /** An agent pool of Azure Kubernetes Service. */
  public static aks(name: string): NodePool { return new NodePool('kubernetes.azure.com/agentpool', name); }
  /** A node pool of Karpenter. */
  public static karpenter(name: string): NodePool { return new NodePool('karpenter.sh/nodepool', name); }

  private constructor(
    /** The key of the label. */
    public readonly key: string,
    /** The value of the label. */
    public readonly value: string,
  ) {}
}
