import { removeAll } from './harness/namespace';

/** After the last suite, nothing of this run is left in the cluster. */
export default async function teardown(): Promise<void> {
  if (process.env.KEEP !== 'true') { await removeAll(); }
}
