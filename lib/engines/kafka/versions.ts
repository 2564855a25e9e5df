import { Releases } from '../../core/releases';

/**
 * The majors of the official image that are supported. The project keeps about three minor releases at a time, and names no dates.
 *
 * @see https://kafka.apache.org/community/downloads/
 * @see https://cwiki.apache.org/confluence/display/KAFKA/Time+Based+Release+Plan
 */
export const KAFKA: Releases = {
  product: 'Kafka',
  engine: 'kafka',
  factory: 'Kafka',
  repository: 'docker.io/apache/kafka',
  series: {
    4: { patch: '4.3.1' },
  },
};

/**
 * The uid and gid of `appuser` in the image.
 *
 * @see https://github.com/apache/kafka/blob/trunk/docker/jvm/Dockerfile
 */
export const OWNER = { user: 1000, group: 1000 } as const;
