import { Size } from 'cdk8s';
import type { DumpPlan } from '../../core/dump-plan';
import { imageOf, Releases } from '../../core/releases';
import { backupScripts } from '../../core/scripts';
import type { StringMap } from '../../core/strings';
import { OWNER } from './versions';

/** How either product is dumped; `own` are the scripts that it has in place of MySQL's. */
export function dumpPlan(releases: Releases, version: string, own: StringMap = {}): DumpPlan {
  return {
    format: releases.engine,
    image: imageOf(releases, version),
    ...OWNER,
    environment: {},
    scripts: { ...backupScripts(__dirname), ...own },
    // The tools hold one row at a time, in hexadecimal digits.
    memory: Size.mebibytes(512),
    cpuMillis: 250,
  };
}
