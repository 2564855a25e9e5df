import { run } from '../harness/kubectl';

/** Runs commands that the library has printed, as a user who pastes them into a shell. */
export async function paste(commands: string[]): Promise<void> {
  const { code, stdout, stderr } = await run('bash', ['-e'], { input: commands.join('\n') });
  if (code !== 0) { throw new Error(`${commands.join('\n')}\nended with ${code}: ${stderr}${stdout}`); }
}
