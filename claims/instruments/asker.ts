import type { DbConnection } from '../../spike/client/bindings/index.ts';
import { connect, type Link } from '../../spike/client/connect.ts';
import { memoryTokens } from '../../spike/client/token-store.ts';
import type { Lab } from '../harness/lab.ts';

const PATIENCE_MS = 10_000;

/** A player who asks one question after another. */
export class Asker {
  readonly #link: Link;
  readonly #db: DbConnection;
  readonly #me: number;
  readonly #agents: number;
  #next = 0;

  private constructor(link: Link, db: DbConnection, me: number, agents: number) {
    this.#link = link;
    this.#db = db;
    this.#me = me;
    this.#agents = agents;
  }

  /** @param agents how many there are to ask; after the last comes the first */
  static async join(lab: Lab, agents: number): Promise<Asker> {
    const account = await lab.account();
    await lab.callAs(account, 'join', 'Asker');
    const [me] = await lab.sql("SELECT id FROM agent_profile WHERE name = 'Asker'");
    const link = connect({
      url: lab.host.url,
      database: lab.database,
      tokens: memoryTokens(account.token),
      queries: [`SELECT * FROM event WHERE object = ${Number(me?.['id'])}`],
    });
    return new Asker(link, await link.firstLive, Number(me?.['id']), agents);
  }

  /**
   * @param first the first agent to ask; by default the one after the last that was asked
   * @returns milliseconds from each question to its answer
   */
  async ask(count: number, first = this.#next): Promise<number[]> {
    const times: number[] = [];
    this.#next = first;
    while (times.length < count) {
      const agent = this.#next++ % this.#agents;
      const answered = new Promise<void>((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`no answer within ${PATIENCE_MS} ms`)), PATIENCE_MS);
        const hear = (_context: unknown, event: { object: number; subject: number }) => {
          if (event.object !== this.#me || event.subject !== agent) return;
          clearTimeout(timer);
          this.#db.db.event.removeOnInsert(hear);
          resolve();
        };
        this.#db.db.event.onInsert(hear);
      });
      const asked = performance.now();
      this.#db.reducers.ask(agent, 'Who are you?');
      await answered;
      times.push(performance.now() - asked);
    }
    return times;
  }

  close(): void {
    this.#link.close();
  }
}
