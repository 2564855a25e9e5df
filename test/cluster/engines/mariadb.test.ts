import { Size } from 'cdk8s';
import { Cpu, MariaDb } from 'cdk8s-stateful';
import { imageOf, proveEngine } from './suite';

proveEngine({
  engine: MariaDb.v118(),
  image: imageOf('mariadb', 'docker.io/library/mariadb:11.8'),
  process: 'mariadbd',
  version: ['mariadbd', '--version'],
  durability: 'every acknowledged transaction is there: its log was on the disk before',
  cleanStop: /mariadbd: Shutdown complete\n?$/,
  recovery: /Starting crash recovery/,
  props: { resources: { memory: Size.mebibytes(512), cpu: Cpu.millis(250) } },
});
