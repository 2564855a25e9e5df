import { QuestDb } from 'cdk8s-stateful';
import { imageOf, proveEngine } from './suite';

proveEngine({
  engine: QuestDb.v9(),
  image: imageOf('questdb', 'docker.io/questdb/questdb:9.3'),
  process: 'java',
  version: ['bash', '-c', 'for each in /app/libs/questdb-*.jar; do echo "${each##*/}"; done'],
  durability: 'every acknowledged row is there: its log was on the disk before',
  cleanStop: /QuestDB is shutdown\.\n?$/,
  exitCodes: [143],
  client: { image: imageOf('postgres', 'docker.io/library/postgres:17'), user: 999, group: 999 },
});
