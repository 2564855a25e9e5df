import { Redis, Valkey } from 'cdk8s-stateful';
import type { IEngine } from 'cdk8s-stateful';
import { imageOf } from '../../engines/profile';
import type { DrillProfile } from '../drill';
import type { FailureProfile } from '../failures';

const ADMIN = '/opt/stateful/scripts/admin.sh';
/** A checksum over all keys in order with their values, and how many there are. */
const FINGERPRINT = 'EVAL "local k=redis.call(\'KEYS\',\'*\') table.sort(k) local h=\'\' for _,x in ipairs(k) do h=redis.sha1hex(h..x..(redis.call(\'GET\',x) or \'\')) end return #k..\':\'..h" 0';

function keyValue(engine: IEngine, title: string, name: string, image: string, otherImage: string): FailureProfile & DrillProfile {
  return {
    engine, image, otherImage,
    version: [`${name}-server`, '--version'],
    process: `${name}-server`,
    dumpProcess: `${name}-cli`,
    fill: ['bash', '-c', `seq 1 5000 | sed 's/.*/SET "key:&" "value &"/' | ${ADMIN} > /dev/null`],

    grow: ['bash', '-c', `seq 10001 "$((10000 + $0 * 1000))" | sed 's/.*/grown:& value-of-&-with-some-more-to-say-about-it/' | xargs -n 400 echo MSET | ${ADMIN} > /dev/null`],
    large: { amount: '1000', amountIs: `1 M keys in ${title}` },
    small: { amount: '800', amountIs: `800,000 keys in ${title}` },
    fingerprint: ['bash', '-c', `${ADMIN} <<< "$0"`, FINGERPRINT],
    empty: [ADMIN, 'FLUSHALL'],
    enough: '1600',
    forbid: [],
    allow: [],
    secretKeys: ['backup-password'],
    trueOfFilled: 'EXISTS key:5000',
    falseOfFilled: 'EXISTS key:5001',
  };
}

export const VALKEY = keyValue(Valkey.v8({ backupUser: 'backup' }), 'Valkey', 'valkey', imageOf('valkey', 'docker.io/valkey/valkey:8.1'), 'docker.io/library/redis:8.0');
export const REDIS = keyValue(Redis.v8({ backupUser: 'backup' }), 'Redis', 'redis', imageOf('redis', 'docker.io/library/redis:8.0'), 'docker.io/valkey/valkey:8.1');
