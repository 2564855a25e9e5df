/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  // The cluster has its own run: these tests need nothing but this folder.
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/cluster/', '<rootDir>/test/other-nodes/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/test/other-nodes/'],
  moduleNameMapper: { '^cdk8s-stateful$': '<rootDir>/lib/index.ts' },
  // Types are checked once, by `npm run types`; here every file is only translated.
  transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: '<rootDir>/tsconfig.jest.json', diagnostics: false }] },
  collectCoverageFrom: ['lib/**/*.ts'],
  coverageReporters: ['text-summary'],
  testTimeout: 60_000,
};
