import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { z } from 'zod';
import { AppError } from '../../../shared/errors.ts';
import { openWithTables } from '../../app/open-with-tables.ts';
import { serveStudent } from '../../app/serve.ts';
import { defineCommand } from '../command.ts';
import { tableOptions, tableSchema, wholeNumber } from '../options.ts';

const DEFAULT_PORT = 8123;
const PORTS_TRIED = 50;

export const serveCommand = defineCommand({
  name: 'serve',
  summary: 'Serve a student to programs on this computer, until Ctrl+C; texts are not logged',
  args: [{ name: 'folder', description: 'the student folder' }],
  options: [
    { flags: '--port <number>', description: `the port; ${DEFAULT_PORT} or the next free one` },
    {
      flags: '--token [text]',
      description: 'ask callers for this token; one is made up and shown when left empty',
    },
    ...tableOptions,
  ],
  examples: [
    'stillroom serve triage.stillroom.files/students/linear-1',
    'stillroom serve student --port 9000 --token',
  ],
  schema: z.object({
    port: wholeNumber.refine((port) => port <= 65_535, 'needs a port up to 65535').optional(),
    ...tableSchema,
    token: z.union([z.literal(true), z.string().min(1)]).optional(),
  }),
  async run({ args, options, passphrase, work, say }) {
    const { project, table } = options;
    const student = await openWithTables(args[0]!, { project, passphrase, files: table });
    const token = options.token === true ? randomBytes(18).toString('base64url') : options.token;
    const served = { ...student, token };
    try {
      const listener = await listen(served, options.port);
      say(
        `Serving ${student.studentId} at ${listener.url} for this computer only. Ctrl+C ends it.`,
      );
      say(`  POST ${listener.url}/v1/predict {"text": "..."}   (or OpenAI's /v1/chat/completions)`);
      for (const line of student.unfilled) say(`! ${line}`);
      if (token !== undefined) say(`  Authorization: Bearer ${token}`);
      if (!student.hasRouter)
        say('! No threshold has been chosen (run "route"): every answer is marked for a person.');
      if (!work.signal.aborted) await once(work.signal, 'abort');
      await listener.close();
      return { value: { url: listener.url, port: listener.port }, text: 'The endpoint is off.' };
    } finally {
      await student.close();
    }
  },
});

type Served = Parameters<typeof serveStudent>[0];

/** A port that was asked for is taken or refused; without one, the next free one from the default on. */
async function listen(served: Served, port: number | undefined) {
  if (port === undefined) return listenFrom(served, DEFAULT_PORT);
  try {
    return await serveStudent(served, port);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const free = await listenFrom(served, port + 1);
    await free.close();
    throw new AppError(
      'app.usage',
      `Port ${port} is used by another program. Use --port ${free.port}, which is free.`,
      { cause: error, details: { port, freePort: free.port } },
    );
  }
}

async function listenFrom(served: Served, first: number) {
  for (let port = first; port < Math.min(65_536, first + PORTS_TRIED); port++)
    try {
      return await serveStudent(served, port);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
    }
  return serveStudent(served, 0);
}
