// Two runs may use one cluster at the same time: each removes its own namespaces alone.
process.env.RUN_ID ??= require('crypto').randomBytes(4).toString('hex');

// These stop a node, fill a disk, or hold times against an aim: each needs the machine for itself.
const ALONE = ['disk-full', 'graceful-stop', 'long-recovery', 'memory-limit', 'node-dies', 'one-writer', 'pod-deleted', 'server-killed'];
const alone = ALONE.map(suite => `<rootDir>/single-instance/${suite}.test.ts`);

/**
 * TEST_SUITES=together runs the suites that do not mind each other, TEST_WORKERS at a time, and TEST_SUITES=alone the others,
 * which is faster and makes worse figures. Without it, every suite has the cluster for itself.
 */
const { TEST_SUITES: suites, TEST_WORKERS: workers = '2' } = process.env;

/** The tests on a real cluster. KUBECONFIG says on which; settings.ts lists what else the environment decides. */
module.exports = {
  rootDir: __dirname,
  testMatch: suites === 'alone' ? alone : ['<rootDir>/**/*.test.ts'],
  testPathIgnorePatterns: suites === 'together' ? alone : [],
  moduleNameMapper: { '^cdk8s-stateful$': '<rootDir>/../../lib/index.ts' },
  transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: '<rootDir>/../../tsconfig.jest.json', diagnostics: false }] },
  globalSetup: './setup.ts',
  globalTeardown: './teardown.ts',
  reporters: ['default', './reporter.js'],
  // One suite at a time, so that no load of one is in the figures of another.
  maxWorkers: suites === 'together' ? Number(workers) : 1,
  testTimeout: 10 * 60 * 1000,
};
