import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Caller } from '../../spike/rival/server/caller.ts';
import { startServer, type ServerProcess } from '../../spike/rival/server/process.ts';
import { Watcher } from '../../spike/rival/wire/watcher.ts';
import type { Delta } from '../../spike/rival/world/delta.ts';
import type { Cluster } from './rival-arms.ts';
import { PATIENCE_MS, STALL_MS, type ClockWatch, type ThinkingArm } from './rival-thinking.ts';
import { RivalThinker } from './rival-thinker.ts';

const THINKER = fileURLToPath(new URL('rival-thinker-process.ts', import.meta.url));
/** No experiment is about the cap on calls. */
const ENOUGH_CALLS = 1_000_000_000;
const ASKER = randomUUID();

/** The game server with its log in PostgreSQL, and a player who asks. Its clock stands still at first. */
export async function openServerThinking(cluster: Cluster, agents: number): Promise<ThinkingArm> {
  const { url, drop } = await cluster.database();
  const load = ['--living', String(agents), '--act-every', '1', '--reflect-every', '0'];
  const store = ['--store', 'log', '--database', url, '--durability', 'off'];
  const server = await startServer([...store, ...load]);
  const owner = await Caller.connect(server.urlFor());
  await owner.call('set_mind_policy', 'Normal', ENOUGH_CALLS);
  await owner.call('pause_clock');
  const asker = await Caller.connect(server.urlFor(ASKER));
  const me = Number(await asker.call('join', 'Asker'));
  const newThinker = async () => {
    const identity = randomUUID();
    await owner.call('grant_role', identity, 'Thinker');
    return server.urlFor(identity);
  };
  const world = async () => (await owner.call('snapshot')) as Delta;
  let next = 0;
  return {
    name: 'log',
    label: 'game server, log in PostgreSQL',
    pids: [server.pid, cluster.postgres.pid],
    resume: async () => void (await owner.call('resume_clock')),
    pause: async () => void (await owner.call('pause_clock')),
    async ask(count) {
      const answers = await Answers.of(server, me);
      const times: number[] = [];
      while (times.length < count) times.push(await answers.time(asker, next++ % agents));
      await answers.close();
      return times;
    },
    async startThinkers(count) {
      const stops = await Promise.all(Array.from({ length: count }, async () => startThinker(await newThinker())));
      return async () => void (await Promise.all(stops.map((stop) => stop())));
    },
    async startPoller(everyMs) {
      const thinker = await RivalThinker.poll(await newThinker(), everyMs);
      return () => thinker.close();
    },
    reflectEvery: async (ticks) => void (await owner.call('set_tempo', 100, 1, ticks)),
    done: async () => (await world()).stats?.done ?? 0,
    open: async () => (await world()).requests.filter(({ state }) => state === 'Pending' || state === 'Leased').length,
    watchClock: (ticks) => watchClock(server, ticks),
    async stall() {
      const started = performance.now();
      process.kill(server.pid, 'SIGSTOP');
      await sleep(STALL_MS);
      process.kill(server.pid, 'SIGCONT');
      return performance.now() - started;
    },
    async close() {
      await Promise.all([owner.close(), asker.close()]);
      await server.stop();
      await drop();
    },
  };
}

async function startThinker(url: string): Promise<() => Promise<void>> {
  const child = fork(THINKER, [url], { execArgv: ['--import', 'tsx'], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const ended = once(child, 'exit');
  const [said] = (await Promise.race([once(child, 'message'), ended])) as [unknown];
  if (said !== 'thinking') throw new Error('the thinker ended by itself');
  return async () => {
    child.kill('SIGKILL');
    await ended;
  };
}

/** A watcher of one place gets every tick, and little else. */
async function watchClock(server: ServerProcess, count: number): Promise<ClockWatch> {
  const lateness: number[] = [];
  let skipped = 0;
  let finish = () => {};
  const finished = new Promise<void>((resolve) => (finish = resolve));
  const watcher = await Watcher.connect({
    url: server.urlFor(randomUUID()),
    place: 0,
    onTick(frame) {
      if (lateness.length >= count) return;
      lateness.push(frame.startedMs - frame.dueMs);
      skipped += frame.skipped;
      if (lateness.length === count) finish();
    },
  });
  await finished;
  await watcher.close();
  return { lateness, skipped };
}

/** What agents say to one player. The server knows two scopes, so the player watches everything. */
class Answers {
  readonly #watcher: Watcher;
  readonly #heard: Map<number, () => void>;

  private constructor(watcher: Watcher, heard: Map<number, () => void>) {
    this.#watcher = watcher;
    this.#heard = heard;
  }

  static async of(server: ServerProcess, me: number): Promise<Answers> {
    const heard = new Map<number, () => void>();
    const watcher = await Watcher.connect({
      url: server.urlFor(randomUUID()),
      onEvent: ({ subject, object }) => object === me && heard.get(subject)?.(),
    });
    return new Answers(watcher, heard);
  }

  /** @returns milliseconds from the question to the answer */
  async time(asker: Caller, agent: number): Promise<number> {
    const answered = new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no answer within ${PATIENCE_MS} ms`)), PATIENCE_MS);
      this.#heard.set(agent, () => {
        clearTimeout(timer);
        resolve();
      });
    });
    const asked = performance.now();
    await Promise.all([asker.call('ask', agent, 'Who are you?'), answered]);
    this.#heard.delete(agent);
    return performance.now() - asked;
  }

  close(): Promise<void> {
    return this.#watcher.close();
  }
}
