import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';
import { encodeRequest } from '../wire/frame.ts';
import { Caller as Connection, Rejected } from '../server/caller.ts';
import { newSecret, startServer, type ServerProcess } from '../server/process.ts';
import type { Delta } from '../world/delta.ts';
import type { Lease as RivalLease } from '../world/think/lease.ts';
import { Rejection, type ArmWorld, type Caller, type Census, type Listener, type Thinker } from './arm.ts';

/** What goes down with the server in a crash, and comes back before it. */
export interface Beneath {
  kill(): Promise<void>;
  /** @returns the options that are different now */
  start(): Promise<readonly string[]>;
}

/**
 * A world on the rival's server. The options are those of `server/main.ts`.
 * @param beneath without it only the server crashes
 */
export async function openRival(options: readonly string[], beneath?: Beneath): Promise<ArmWorld> {
  const secret = newSecret();
  let server: ServerProcess = await startServer(options, secret);
  /** Open connections by identity; after a crash each is opened again when it is needed. */
  const connections = new Map<string, Promise<Connection>>();
  const connect = (identity: string) => {
    const open = connections.get(identity) ?? Connection.connect(server.urlFor(identity));
    connections.set(identity, open);
    open.catch(() => connections.delete(identity));
    return open;
  };
  const ask = async (identity: string, command: string, args: unknown[]) => {
    try {
      return await (await connect(identity)).call(command, ...args);
    } catch (error) {
      if (error instanceof Rejected) throw new Rejection(error.message);
      throw error;
    }
  };
  const callerOf = (name: string, agent = -1): Caller => ({
    name,
    agent,
    call: async (command, ...args) => void (await ask(name, command, args)),
  });
  const owner = callerOf('owner');
  return {
    owner,
    player: async (name) => callerOf(name, Number(await ask(name, 'join', [name]))),
    stranger: () => Promise.resolve(callerOf(randomUUID())),
    async thinker(): Promise<Thinker> {
      const name = randomUUID();
      await owner.call('grant_role', name, 'Thinker');
      const lease = async (count: number) => (await ask(name, 'lease', [count])) as RivalLease[];
      return { ...callerOf(name), lease };
    },
    listen: ({ name }) => listen(server.urlFor(name)),
    census: async () => censusOf((await ask('owner', 'snapshot', [])) as Delta),
    async crash() {
      await Promise.all([server.kill(), beneath?.kill()]);
      connections.clear();
      server = await startServer([...options, ...((await beneath?.start()) ?? [])], secret);
    },
    close: () => server.stop(),
  };
}

async function listen(url: string): Promise<Listener> {
  let heard = Buffer.alloc(0);
  const socket = new WebSocket(url);
  socket.on('message', (bytes: Buffer) => (heard = Buffer.concat([heard, bytes])));
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  socket.send(encodeRequest({ kind: 'subscribe' }));
  return { heard: (text) => heard.includes(text), close: () => socket.terminate() };
}

function censusOf({ tick, newcomers, holdings, events, requests }: Delta): Census {
  return {
    tick,
    agents: newcomers.map(({ agent: { id, place } }) => ({ id, place })),
    holdings,
    events: events.map(({ version: _v, tick: _t, at: _a, ...event }) => event),
    requests: requests
      .map(({ id, agent, state, leaseEpoch }) => ({ id, agent, state, leaseEpoch }))
      .sort((a, b) => a.id - b.id),
  };
}
