import { Size } from 'cdk8s';
import { ZooKeeper } from 'cdk8s-stateful';
import { imageOf, proveEngine } from './suite';

proveEngine({
  // Every number is a child of the root, so that a list of them is long. The image of the proofs lacks the library of
  // the figures, and prints no log of the server: how it ends is seen by its exit code.
  engine: ZooKeeper.v39({ metrics: false, maxBuffer: Size.mebibytes(8) }),
  image: imageOf('zookeeper', 'docker.io/library/zookeeper:3.9'),
  process: 'java',
  version: ['bash', '-c', 'echo /usr/share/java/zookeeper-3.*.jar'],
  durability: 'every acknowledged write is there: it was on the disk before',
  cleanStop: /start\.sh: ZooKeeper 3\.9/,
  exitCodes: [143],
});
