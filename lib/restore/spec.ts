import { Duration, Size } from 'cdk8s';
import { checkCpu, cores, Cpu, ICpu } from '../core/cpu';
import { loadableFormats } from '../core/backup-support';
import type { DumpPlan } from '../core/dump-plan';
import type { IBackup } from '../core/fetch-plan';
import type { MemberRequest } from '../core/member-request';
import { checkDatabaseName } from '../core/names';
import { Problem } from '../core/problems';
import { bytes } from '../core/quantity';
import { checkRecoveryTarget, RecoveryTarget } from '../core/recovery-target';
import { checkSchedule, resolveSchedule, When } from '../core/schedule';
import { checkObjectName } from '../core/strings';
import type { IStorageClass } from '../storage/storage-class-ref';
import { Assert, checkAssertions } from './assert';
import type { RestoreDrillProps } from './props';

/** A drill with every default filled in. */
export interface DrillSpec {
  readonly name: string;
  readonly backup: IBackup;
  readonly at: RecoveryTarget;
  readonly assertions: Assert[];
  readonly maxAge: Duration;
  readonly cpu: ICpu;
  readonly request: MemberRequest;
  readonly volumeClass: IStorageClass | undefined;
  readonly timeout: Duration;
  readonly when: When;
}

/** Fills in the defaults, field by field. */
export function resolveDrill(id: string, props: RestoreDrillProps): DrillSpec {
  const { engine } = props.backup;
  const cpu = props.cpu ?? Cpu.millis(engine.defaults.cpuMillis);
  const name = props.name ?? id;
  const dataSize = props.volume?.size ?? Size.gibibytes(10);
  const request: MemberRequest = {
    name, dataSize, cores: cores(cpu) ?? 1, memory: props.memory ?? engine.defaults.memory, tls: false, tlsRequired: false,
    settings: props.settings ?? {}, startupTimeout: engine.startupTimeout(dataSize), dataMustExist: false, restore: true, image: props.backup.image.image,
  };
  return {
    name, cpu, request,
    backup: props.backup,
    at: props.at ?? RecoveryTarget.latest(),
    assertions: props.assertions ?? [],
    maxAge: props.maxAge ?? Duration.days(2),
    volumeClass: props.volume?.storageClass,
    timeout: props.timeout ?? Duration.hours(6),
    when: resolveSchedule(props),
  };
}

/** How the engine is asked after a restore. */
export function dumpPlanOf({ backup }: DrillSpec): DumpPlan | undefined {
  return backup.engine.backupSupport.tools.find(({ dump }) => dump !== undefined)?.dump;
}

/** Everything that is wrong, in the order of the props. */
export function checkDrill(spec: DrillSpec): Problem[] {
  const { assertions, at, backup, maxAge, request, timeout, volumeClass, when } = spec;
  const age = maxAge.toSeconds({ integral: false });
  const seconds = timeout.toSeconds({ integral: false });
  return [
    ...checkDatabaseName('name', spec.name),
    ...(loadableFormats(backup.engine.backupSupport).length > 0 ? [] : [{ path: 'backup', got: `backups of ${backup.engine.name}`, want: 'backups that this library can load' }]),
    ...checkRecoveryTarget('at', at),
    ...checkAssertions('assertions', assertions),
    ...(Number.isInteger(age) && age >= 0 ? [] : [{ path: 'maxAge', got: `${age} s`, want: 'whole seconds' }]),
    ...checkCpu('cpu', spec.cpu),
    ...(bytes(request.dataSize) >= 2 ** 30 ? [] : [{ path: 'volume.size', got: request.dataSize.asString(), want: 'at least 1Gi' }]),
    ...(volumeClass === undefined ? [] : checkObjectName('volume.storageClass', volumeClass.storageClassName)),
    ...(Number.isInteger(seconds) && seconds >= 60 ? [] : [{ path: 'timeout', got: `${seconds} s`, want: 'whole seconds, at least 60' }]),
    ...checkSchedule(when),
    ...backup.engine.check(request),
  ];
}
