import { createServer } from 'node:net';

/** Below the range of outgoing connections on Linux and macOS: one of them could take a port that was just free. */
const FREE = { from: 20_000, count: 10_000 };
const ATTEMPTS = 20;

/**
 * Finds a free port on 127.0.0.1.
 * @param wanted this port, or 0 for any
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
  throw new Error(`${ATTEMPTS} random ports on 127.0.0.1 were all in use: choose one with --port.`);
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
