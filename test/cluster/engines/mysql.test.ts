import { Size } from 'cdk8s';
import { Cpu, MySql } from 'cdk8s-stateful';
import { imageOf, proveEngine } from './suite';

proveEngine({
  engine: MySql.v97(),
  image: imageOf('mysql', 'docker.io/library/mysql:9.7'),
  process: 'mysqld',
  version: ['mysqld', '--version'],
  durability: 'every acknowledged transaction is there: its log was on the disk before',
  cleanStop: /MySQL Server - end\.\n?$/,
  recovery: /Starting XA crash recovery|Starting crash recovery/,
  props: { resources: { memory: Size.gibibytes(1), cpu: Cpu.millis(250) } },
});
