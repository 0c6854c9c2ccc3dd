import type { Socket } from 'node:net';
import { createInterface, type Interface } from 'node:readline';
import { z } from 'zod';
import type { Lodestar } from '../compose/open-lodestar.ts';
import { IcpError } from '../errors.ts';
import { type Line, outputTo } from './output.ts';
import { failure, parseCommandLine } from './program.ts';

/**
 * Commands while the app runs: the embedded database has one owner, so a second process hands its command line to the
 * first and prints what comes back. One line of JSON each way.
 */
const request = z.object({ argv: z.array(z.string()), cwd: z.string(), operator: z.string() });
type Reply = Line | { kind: 'exit'; code: number };

/** The app's side: runs what a visitor asks and streams its output back. */
export function serveVisitor(lodestar: Lodestar, socket: Socket): void {
  const write = (reply: Reply) => void socket.write(`${JSON.stringify(reply)}\n`);
  linesOf(socket).once('line', async (text) => {
    try {
      const { argv, cwd, operator } = request.parse(JSON.parse(text));
      const invocation = await parseCommandLine(argv);
      if (invocation.kind !== 'command' || !('run' in invocation.command))
        throw new IcpError('protocol', 'the app was handed something that is no command of its');
      await invocation.command.run(lodestar, {
        ...invocation.asked,
        out: outputTo(invocation.json, write),
        cwd,
        operator,
      });
      write({ kind: 'exit', code: 0 });
    } catch (error) {
      const { exitCode, sentence } = failure(error);
      lodestar.log.debug({ err: error }, 'a command failed');
      write({ kind: 'say', text: `lodestar: ${sentence}` });
      write({ kind: 'exit', code: exitCode });
    } finally {
      socket.end();
    }
  });
}

/**
 * The visitor's side: resolves with the exit status.
 *
 * @throws {IcpError} `folder_in_use` when the holder hangs up without an answer: it is no app, or not ready yet
 */
export function askHolder(
  socket: Socket,
  asked: z.infer<typeof request>,
  write: (line: Line) => void,
): Promise<number> {
  return new Promise((resolve, reject) => {
    let exitCode: number | null = null;
    linesOf(socket).on('line', (text) => {
      const reply = JSON.parse(text) as Reply;
      if (reply.kind === 'exit') exitCode = reply.code;
      else write(reply);
    });
    socket.once('close', () => {
      if (exitCode !== null) resolve(exitCode);
      else {
        const busy =
          'another Lodestar process holds the data folder and takes no commands now; try again when it is done or has started';
        reject(new IcpError('folder_in_use', busy));
      }
    });
    socket.write(`${JSON.stringify(asked)}\n`);
  });
}

/** Lines from a socket. Whoever is at the other end may die at any time: readline repeats the socket's errors as its own. */
function linesOf(socket: Socket): Interface {
  socket.on('error', () => socket.destroy());
  return createInterface({ input: socket }).on('error', () => {});
}
