import type { Volume, VolumeMount } from '../../imports/kubernetes/core-v1';

/** A Secret as files. */
export interface SecretFilesSpec {
  /** The name of the pod's volume. */
  readonly volume: string;
  /** The name of the Secret. */
  readonly secret: string;
  /** Only these keys are mounted. */
  readonly keys: string[];
  /** Where the files are. */
  readonly path: string;
}

// Readable by the group that fsGroup gives, which servers that check their key file's mode accept (at most 0640).
const MODE = 0o440;

/** The volume of a Secret, with no key that the pod does not need. */
export function secretVolume(spec: SecretFilesSpec): Volume {
  return { name: spec.volume, secret: { secretName: spec.secret, defaultMode: MODE, items: spec.keys.map(key => ({ key, path: key })) } };
}

/** Where it is mounted. Never with `subPath`, which would never see a renewed Secret. */
export function secretMount(spec: SecretFilesSpec): VolumeMount {
  return { name: spec.volume, mountPath: spec.path, readOnly: true };
}
