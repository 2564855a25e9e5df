import { Duration, Size } from 'cdk8s';
import type { MemberPlan, ProbePlan } from '../../lib';

function probe(name: string): ProbePlan {
  return { command: [`/${name}`], period: Duration.seconds(2), timeout: Duration.seconds(5), failures: 3 };
}

/** A server that exists nowhere, so that no engine can hide what a builder does. */
export const PLAN: MemberPlan = {
  container: 'server',
  image: 'example.com/server:1',
  user: 100,
  group: 101,
  command: ['/start'],
  environment: { B: '$b', A: 'a' },
  files: { 'server.conf': 'x = 1\n', 'live.json': '{}\n' },
  liveFiles: ['live.json'],
  scripts: { 'b.sh': 'b', 'a.sh': 'a' },
  dataMount: '/data',
  walMount: '/wal',
  ports: [{ name: 'sql', port: 5432, forClients: true }, { name: 'peers', port: 7000, forClients: false }],
  scratch: [
    { name: 'run', path: '/run', size: Size.mebibytes(16), inMemory: false },
    { name: 'shm', path: '/dev/shm', size: Size.gibibytes(1), inMemory: true },
  ],
  startup: probe('startup'),
  readiness: probe('readiness'),
  liveness: probe('liveness'),
  stopCommand: ['/stop'],
  passwordKeys: { app: 'password' },
  companions: [{
    name: 'helper', command: ['/help'], environment: { C: 'c' }, memory: Size.mebibytes(64), cpuMillis: 10, sharedScratch: ['run'], seesVolumes: false, seesSecrets: false,
  }],
  client: { scheme: 'sql', database: 'app', username: 'app', passwordKey: 'password' },
  nodeRequirements: [],
};
