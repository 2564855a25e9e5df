/** Where a member finds what is mounted into it. The same for every engine, so that a script can be read without its pod. */
export const MOUNTS = {
  scripts: '/opt/stateful/scripts',
  config: '/opt/stateful/config',
  credentials: '/opt/stateful/credentials',
  tls: '/opt/stateful/tls',
} as const;

/** The path of a script in the pod. */
export function scriptPath(name: string): string {
  return `${MOUNTS.scripts}/${name}`;
}
