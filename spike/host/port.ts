import { createServer } from 'node:net';

/**
 * A port on 127.0.0.1 that nobody listens on.
 * @param wanted the port to take, or 0 for any free one
 * @throws Error when `wanted` is in use
 */
export function freePort(wanted = 0): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new Error(`Port ${wanted} on 127.0.0.1 is in use.`) : error),
    );
    server.listen(wanted, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
