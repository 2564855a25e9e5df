export { Nats } from './nats';
export { NatsOptions, NatsUser } from './options';
