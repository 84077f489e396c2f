import { createServer } from 'node:net';

/** Below what Linux and macOS give to outgoing connections, any of which could take a port that was just found free. */
const FREE = { from: 20_000, count: 10_000 };
const ATTEMPTS = 20;

/**
 * A port on 127.0.0.1 that nobody listens on.
 * @param wanted the port to take, or 0 for any free one
 * @throws Error when `wanted` is in use
 */
export async function freePort(wanted = 0): Promise<number> {
  if (wanted !== 0) {
    if (await isFree(wanted)) return wanted;
    throw new Error(`Port ${wanted} on 127.0.0.1 is in use.`);
  }
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const port = FREE.from + Math.floor(Math.random() * FREE.count);
    if (await isFree(port)) return port;
  }
  throw new Error(`${ATTEMPTS} ports on 127.0.0.1, taken at random, were all in use.`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(false) : reject(error),
    );
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
