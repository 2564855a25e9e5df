import { Duration } from 'cdk8s';
import { ClientPod } from './client-pod';
import { eventually, sleep } from './eventually';
import { Acknowledgement, Verdict, judge, parseAcknowledgements, rateBefore } from './verdict';

const FOLDER = '/tmp/writer';

/** The load of the proofs: single-row transactions on several connections, each acknowledged id logged with its time. */
export class Writer {
  /** Makes the table and starts to write; returns when the first writes are acknowledged. */
  public static async start(client: ClientPod, connections = 8): Promise<Writer> {
    await client.sql('CREATE TABLE writes (id bigint NOT NULL)');
    await client.run(['bash', '-c', `setsid /scripts/writer.sh ${FOLDER} ${connections} "$0" < /dev/null > /dev/null 2>&1 &`, client.options.connection]);
    const writer = new Writer(client);
    await writer.untilWriting(await writer.now(), Duration.seconds(30));
    return writer;
  }

  private constructor(private readonly client: ClientPod) {}

  /** The client's clock, which is that of the acknowledgements. */
  public async now(): Promise<number> {
    return Number(await this.client.run(['bash', '-c', 'echo "$EPOCHREALTIME"']));
  }

  /** Waits for a write that was acknowledged after the given moment. */
  public untilWriting(after: number, within: Duration): Promise<number> {
    return eventually('an acknowledged write', { within }, async () => {
      const lines = await this.client.run(['bash', '-c', `tail --quiet --lines=1 ${FOLDER}/acknowledged.*`]);
      return parseAcknowledgements(lines).find(({ at }) => at > after)?.at;
    });
  }

  /** Acknowledged writes a second, measured over the next second. */
  public async rate(): Promise<number> {
    await sleep(Duration.seconds(1));
    const now = await this.now();
    return rateBefore(await this.acknowledgements(), now);
  }

  /** Compares what was acknowledged until now with what is in the table. */
  public async verdict(since: number): Promise<Verdict> {
    const acknowledgements = await this.acknowledgements();
    const rows = await this.client.sql('SELECT id FROM writes');
    return judge(acknowledgements, rows.split('\n').filter(line => line !== ''), since);
  }

  /** Compares what was acknowledged until a moment with the rows of another server, which began with this one's data. */
  public async verdictOn(rows: string[], until: number): Promise<Verdict> {
    return judge((await this.acknowledgements()).filter(({ at }) => at <= until), rows, until);
  }

  /** Ends the load. */
  public async stop(): Promise<void> {
    await this.client.run(['bash', '-c', `touch ${FOLDER}/stop; for file in /proc/[0-9]*/comm; do
      if [[ $(< "$file") == psql ]]; then pid=\${file%/comm}; kill "\${pid#/proc/}"; fi; done 2> /dev/null || :`]);
  }

  private async acknowledgements(): Promise<Acknowledgement[]> {
    return parseAcknowledgements(await this.client.run(['bash', '-c', `cat ${FOLDER}/acknowledged.*`]));
  }
}
