import { readFileSync } from 'node:fs';
import pg from 'pg';

/** The blocks of SQL on a page, by the heading above them. Each is taken once, in its order. */
export class PageSql {
  readonly #blocks: { section: string; sql: string }[];

  constructor(file: string) {
    const text = readFileSync(file, 'utf8');
    this.#blocks = text.split(/^## /m).flatMap((part) => {
      const section = part.split('\n')[0] ?? '';
      return [...part.matchAll(/^```sql\n(.*?)^```/gms)].map(([, sql = '']) => ({ section, sql }));
    });
  }

  /** @throws Error when the section has no further block */
  next(section: string): string {
    const index = this.#blocks.findIndex((block) => block.section === section);
    const [block] = index < 0 ? [] : this.#blocks.splice(index, 1);
    if (!block) throw new Error(`the section "${section}" has no further SQL`);
    return block.sql;
  }

  /** The sections of blocks that nobody took. */
  get left(): string[] {
    return this.#blocks.map(({ section }) => section);
  }
}

/** One session that runs what a page shows. */
export class Session {
  readonly #client: pg.Client;
  /** What `notify` sent to this session. */
  readonly notified: string[] = [];

  private constructor(client: pg.Client) {
    this.#client = client;
    client.on('notification', ({ payload = '' }) => this.notified.push(payload));
    client.on('error', () => {});
  }

  static async open(connectionString: string): Promise<Session> {
    const client = new pg.Client({ connectionString, options: '-c search_path=world' });
    await client.connect();
    return new Session(client);
  }

  /**
   * Runs one statement after the other, each in a transaction of its own unless they begin one.
   * @param values for `$1` and what follows
   * @returns the rows of all of them
   */
  async run(sql: string, ...values: (number | string)[]): Promise<Record<string, unknown>[]> {
    const bound = sql.replaceAll(/\$(\d)/g, (_, number: string) => {
      const value = values[Number(number) - 1] ?? '';
      return typeof value === 'number' ? String(value) : pg.escapeLiteral(value);
    });
    const rows: Record<string, unknown>[] = [];
    for (const statement of statementsOf(bound))
      rows.push(...(await this.#client.query<Record<string, unknown>>(statement)).rows);
    return rows;
  }

  close(): Promise<void> {
    return this.#client.end();
  }
}

/** A semicolon ends a statement at the end of a line, but not inside a function's body. */
export function statementsOf(sql: string): string[] {
  const statements: string[] = [];
  let isBody = false;
  let statement = '';
  for (const line of sql.split('\n')) {
    statement += `${line}\n`;
    if (line.split('$$').length % 2 === 0) isBody = !isBody;
    if (isBody || !/;\s*(?:--.*)?$/.test(line)) continue;
    statements.push(statement);
    statement = '';
  }
  // A comment after the last statement is none.
  return /^[^-\s]/m.test(statement) ? [...statements, statement] : statements;
}
