export { ZooKeeperOptions } from './options';
export { ZooKeeper } from './zookeeper';
