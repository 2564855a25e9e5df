import type { KafkaOptions } from '../../../lib';

/** What Kafka cannot be without. */
export const OPTIONS: KafkaOptions = { clusterId: 'MkU3OEVBNTcwNTJENDM2Qk' };
