// Two runs may use one cluster at the same time: each removes its own namespaces alone.
process.env.RUN_ID ??= require('crypto').randomBytes(4).toString('hex');

/** The tests on a real cluster. KUBECONFIG says on which; settings.ts lists what else the environment decides. */
module.exports = {
  rootDir: __dirname,
  testMatch: ['<rootDir>/**/*.test.ts'],
  moduleNameMapper: { '^cdk8s-stateful$': '<rootDir>/../../lib/index.ts' },
  transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: '<rootDir>/../../tsconfig.jest.json', diagnostics: false }] },
  globalSetup: './setup.ts',
  globalTeardown: './teardown.ts',
  reporters: ['default', './reporter.js'],
  // One suite at a time, so that no load of one is in the figures of another.
  maxWorkers: 1,
  testTimeout: 10 * 60 * 1000,
};
