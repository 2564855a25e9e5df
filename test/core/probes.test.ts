import { Duration } from 'cdk8s';
import { probes } from '../../lib/core/probes';

const SECONDS = Duration.seconds;

test('every engine is asked in the same way, by its own scripts', () => {
  expect(probes({ budget: Duration.hours(1) })).toEqual({
    startup: { command: ['/opt/stateful/scripts/started.sh'], period: SECONDS(2), timeout: SECONDS(5), failures: 1800 },
    readiness: { command: ['/opt/stateful/scripts/ready.sh'], period: SECONDS(5), timeout: SECONDS(5), failures: 3 },
    liveness: { command: ['/opt/stateful/scripts/alive.sh'], period: SECONDS(10), timeout: SECONDS(10), failures: 12 },
  });
});

test('a slow client gets more time for an answer, and never less for being dead', () => {
  expect(probes({ budget: Duration.hours(1), timeout: SECONDS(30), startupPeriod: SECONDS(10) })).toEqual({
    startup: { command: ['/opt/stateful/scripts/started.sh'], period: SECONDS(10), timeout: SECONDS(30), failures: 360 },
    readiness: { command: ['/opt/stateful/scripts/ready.sh'], period: SECONDS(5), timeout: SECONDS(30), failures: 3 },
    liveness: { command: ['/opt/stateful/scripts/alive.sh'], period: SECONDS(10), timeout: SECONDS(10), failures: 12 },
  });
});

test.each([[1, 2, 1], [2, 2, 1], [3, 2, 2], [301, 2, 151], [3600, 7, 515]])('a budget of %d s in periods of %d s is %d failures: never less than the budget', (budget, period, failures) => {
  const { startup } = probes({ budget: SECONDS(budget), startupPeriod: SECONDS(period) });
  expect(startup.failures).toBe(failures);
  expect(startup.failures * startup.period.toSeconds()).toBeGreaterThanOrEqual(budget);
});
