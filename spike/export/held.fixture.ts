import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A way to a host on which an export stops in the middle: calls pass, and a web socket never gets an answer. */
export interface StalledWay {
  readonly url: string;
  /** Settles when a web socket waits. */
  readonly stalled: Promise<void>;
  /** Cuts off the web socket that waits. */
  cut(): void;
  close(): void;
}

export async function stallWebSockets(hostUrl: string): Promise<StalledWay> {
  const port = Number(new URL(hostUrl).port);
  const reached = Promise.withResolvers<void>();
  const sockets = new Set<Socket>();
  const waiting = new Set<Socket>();
  const server = createServer((client) => {
    const host = connect(port, '127.0.0.1').on('error', () => client.destroy());
    for (const socket of [client, host]) sockets.add(socket.on('error', () => {}));
    // A web socket may begin on a connection that has carried calls.
    client.on('data', (bytes: Buffer) => {
      if (waiting.has(client) || !/upgrade: *websocket/i.test(bytes.toString('latin1'))) return host.write(bytes);
      waiting.add(client);
      return reached.resolve();
    });
    host.pipe(client);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stalled: reached.promise,
    cut: () => waiting.forEach((socket) => socket.destroy()),
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
