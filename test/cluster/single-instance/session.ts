import { Duration } from 'cdk8s';
import { ClientPod } from '../harness/client-pod';
import { ALLOWED, Orders } from './fixture';

/** A connection that is made now and lasts until it is told to end. */
export class Session {
  public static async open(orders: Orders, client: ClientPod, connection = client.options.connection): Promise<Session> {
    await client.sql('CREATE TABLE IF NOT EXISTS finished (n int); TRUNCATE finished');
    const statements = `SELECT pg_backend_pid();
      DO $$ BEGIN WHILE NOT EXISTS (SELECT FROM finished) LOOP PERFORM pg_sleep(0.2); END LOOP; END $$;
      SELECT pg_backend_pid();`;
    const printed = orders.kubectl.tryExec(ALLOWED, 'client', ['/scripts/sql.sh', connection], { input: statements, timeout: Duration.minutes(15) });
    return new Session(printed.then(({ code, stdout }) => ({ code, backends: stdout.trim().split('\n') }), () => ({ code: -1, backends: [] })));
  }

  private constructor(private readonly ended: Promise<{ code: number; backends: string[] }>) {}

  /** Whether the same server process answered at the beginning and at the end. Somebody with access has to write the end. */
  public async survived(): Promise<boolean> {
    const { code, backends } = await this.ended;
    return code === 0 && backends.length === 2 && backends[0] === backends[1];
  }
}

/** What ends all sessions. */
export const END = 'INSERT INTO finished VALUES (1)';
