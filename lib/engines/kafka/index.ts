export { Kafka } from './kafka';
export { KafkaOptions } from './options';
