import { createHash } from 'node:crypto';
import { mkdirSync, realpathSync, rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IcpError } from '../errors.ts';

/** The one process that may open a data folder. Others reach it through the same door. */
export interface FolderLock {
  release(): Promise<void>;
}

/**
 * Takes the folder for this process until it ends, however it ends.
 *
 * The lock is a listening socket named after the folder: the operating system lets go of it when the process dies, so
 * there is no stale lock file to clear. `onVisitor` gets the connections of other processes that wanted the folder.
 *
 * @throws {IcpError} `folder_in_use` when another process holds it
 */
export async function lockFolder(folder: string, onVisitor: (socket: Socket) => void): Promise<FolderLock> {
  const address = addressOf(folder);
  try {
    return await listen(address, onVisitor);
  } catch (error) {
    if (!isCode(error, 'EADDRINUSE')) throw error;
    if ((await visitFolder(folder)) === null && !address.startsWith('\0')) {
      rmSync(address, { force: true });
      return listen(address, onVisitor);
    }
    throw new IcpError(
      'folder_in_use',
      `the data folder ${folder} is already open in another Lodestar process; stop that one, or choose another folder with DATA_DIR`,
      { cause: error },
    );
  }
}

/** A connection to the process that holds the folder, or `null` when nobody does. */
export async function visitFolder(folder: string): Promise<Socket | null> {
  return new Promise((resolve) => {
    const socket = connect(addressOf(folder));
    socket.once('connect', () => resolve(socket));
    socket.once('error', () => resolve(null));
  });
}

function addressOf(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const name = `lodestar-${createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 24)}`;
  // Abstract sockets and named pipes vanish with their process; elsewhere a socket file may be left and is checked.
  if (process.platform === 'linux') return `\0${name}`;
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`);
}

function listen(address: string, onVisitor: (socket: Socket) => void): Promise<FolderLock> {
  return new Promise((resolve, reject) => {
    const visitors = new Set<Socket>();
    const server: Server = createServer((socket) => {
      visitors.add(socket);
      socket.once('close', () => visitors.delete(socket));
      socket.on('error', () => socket.destroy());
      onVisitor(socket);
    });
    server.once('error', reject);
    server.listen(address, () => {
      server.unref();
      resolve({
        release: () =>
          new Promise((done) => {
            for (const socket of visitors) socket.destroy();
            server.close(() => done());
          }),
      });
    });
  });
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
