import { createServer, type Server } from 'node:http';
import { IcpError } from '../errors.ts';
import type { HealthPages } from './health.ts';

/**
 * Serves the operator's pages where no local Slack does: with a real workspace in Socket Mode nothing else listens.
 *
 * @throws {IcpError} `port_taken`
 */
export function serveHealth(pages: HealthPages, host: string, port: number): Promise<{ close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const page = Object.entries(pages).find(
      ([path]) => path === new URL(request.url ?? '/', 'http://localhost').pathname,
    );
    if (page === undefined) {
      response.writeHead(404).end();
      return;
    }
    page[1]().then(
      ({ status, type, body }) => response.writeHead(status, { 'content-type': type }).end(body),
      () => response.writeHead(503).end(),
    );
  });
  return listenOn(server, host, port);
}

/** Says at once that a port is taken, before minutes of work are spent on what could then not be shown. */
export async function checkPort(host: string, port: number): Promise<void> {
  if (port === 0) return;
  const { close } = await listenOn(createServer(), host, port);
  await close();
}

function listenOn(server: Server, host: string, port: number): Promise<{ close(): Promise<void> }> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      reject(
        new IcpError(
          'port_taken',
          `port ${port} of ${host} is taken or may not be used; choose another with PORT=3001 npm start`,
          { cause: error },
        ),
      );
    });
    server.listen(port, host, () => {
      resolve({
        close: () =>
          new Promise((done) => {
            server.closeAllConnections();
            server.close(() => done());
          }),
      });
    });
  });
}
