import { Duration, Size } from 'cdk8s';
import type { MemberRequest } from '../../core/member-request';
import type { Problem } from '../../core/problems';
import { mebibytes } from '../../core/quantity';
import { checkVersion, releaseWarnings } from '../../core/releases';
import type { Warning } from '../../core/warnings';
import { checkDeclarations, checkFolder } from './check-declarations';
import { checkSettings, checkSizing } from './check-settings';
import type { MemberSpec } from './member';

/** Two minutes, and a second more for every 50 MiB that the buffer pool may have to write. */
export function shutdownTimeout(memory: Size): Duration {
  return Duration.seconds(120 + Math.ceil(mebibytes(memory) * 0.6 / 50));
}

/** An hour, and three more for every full TiB of the volume: in steps, so that a volume that grows seldom restarts its server. */
export function startupTimeout(dataSize: Size): Duration {
  return Duration.hours(1 + Math.floor(mebibytes(dataSize) / (1024 * 1024)) * 3);
}

/** Everything in the request that the server would refuse, or that loses data. */
export function checkMember(spec: MemberSpec, request: MemberRequest): Problem[] {
  const version = checkVersion(spec.product.releases, spec.version);
  if (version.length > 0) { return version; }
  return [
    ...checkDeclarations(spec.declarations),
    ...checkFolder(spec.dataFolder),
    ...checkSettings(request),
    ...checkSizing(request, spec.product),
  ];
}

/** What a user of this version, with these settings, should know. */
export function memberWarnings(spec: MemberSpec, request: MemberRequest): Warning[] {
  const { releases } = spec.product;
  const relaxed = ['innodb_flush_log_at_trx_commit', 'sync_binlog'].filter(name => (request.settings[name] ?? '1') !== '1');
  return [
    ...releaseWarnings(releases, spec.version),
    ...relaxed.map(name => ({
      code: `${releases.engine}-durability`,
      message: `with ${name} = ${request.settings[name] ?? ''}, a crash can lose transactions that were acknowledged`,
    })),
  ];
}
