import { Kubectl } from '../harness/kubectl';
import { POD, SERVER } from './fixture';

/** SQL as the superuser, who is within the pod alone. */
export function superuserSql(kubectl: Kubectl, statements: string, database = 'app', pod = POD): Promise<string> {
  const psql = ['psql', '--no-psqlrc', '--quiet', '--no-align', '--tuples-only', '--set', 'ON_ERROR_STOP=1', '--username', 'postgres', '--dbname', database];
  return kubectl.exec(pod, SERVER, psql, { input: statements }).then(printed => printed.trim());
}

/**
 * Reads every page of every table and checks every B-tree against its table: what amcheck and the checksums complain of
 * is thrown, and the number of failed checksums is returned.
 */
export async function checkPages(kubectl: Kubectl, pod = POD): Promise<number> {
  const options = ['--install-missing', '--all', '--heapallindexed', '--username', 'postgres'];
  await kubectl.exec(pod, SERVER, ['pg_amcheck', ...options]);
  await superuserSql(kubectl, 'SET synchronize_seqscans = off; SELECT pg_stat_force_next_flush()', 'app', pod);
  const failures = await superuserSql(kubectl, 'SELECT coalesce(sum(checksum_failures), -1) FROM pg_stat_database', 'app', pod);
  return Number(failures);
}
