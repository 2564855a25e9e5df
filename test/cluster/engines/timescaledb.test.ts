import { TimescaleDb } from 'cdk8s-stateful';
import { imageOf, proveEngine } from './suite';

// The image here is Debian's, with the uid of that; the official one is Alpine, with uid 70.
proveEngine({
  engine: TimescaleDb.v17(),
  image: imageOf('timescaledb', 'docker.io/timescale/timescaledb:2.19-pg17'),
  process: 'postgres',
  version: ['postgres', '--version'],
  durability: 'every acknowledged transaction is there, in every chunk: its log was on the disk before',
  cleanStop: /database system is shut down\n?$/,
  recovery: /automatic recovery in progress/,
  props: { imageUser: { user: 999, group: 999 } },
});
