import { createInterface, type Interface, type Key } from 'node:readline';
import { Writable } from 'node:stream';
import type { ReadStream, WriteStream } from 'node:tty';
import { styleText } from 'node:util';
import { plainText } from '../../client/plain-text.ts';
import { TypedLine } from './typed-line.ts';

export type Style = Parameters<typeof styleText>[0];

export interface ScreenOptions {
  /** The completions of a line for Tab. */
  complete: (line: string) => string[];
  history: string[];
  /** Called at any time when the player presses Ctrl-C. */
  interrupt: () => void;
  input?: ReadStream;
  output?: WriteStream;
}

const PROMPT = '> ';
/** For a terminal that does not tell its size. */
const USUAL = { columns: 80, rows: 24 };
const HOME = '\u001b[H\u001b[2J';
/** A stop signal that stops nobody has no effect by then. */
const STOP_MS = 50;

/** The player's terminal, or a pipe. News arrives at any time and does not disturb the line that is being typed. */
export class Screen {
  readonly isTerminal: boolean;
  /** Settles at the end of the input. */
  readonly ended: Promise<void>;
  readonly #in: ReadStream;
  readonly #out: WriteStream;
  readonly #input: Interface;
  readonly #line = new TypedLine();
  readonly #typed: string[] = [];
  #prompt = '';
  #waiting: ((line: string | undefined) => void) | undefined;
  #hasEnded = false;
  #drawing = false;
  #stopping: ReturnType<typeof setTimeout> | undefined;

  constructor({ complete, history, interrupt, input = process.stdin, output = process.stdout }: ScreenOptions) {
    this.#in = input;
    this.#out = output;
    this.isTerminal = Boolean(input.isTTY && output.isTTY) && process.env['TERM'] !== 'dumb';
    this.#input = createInterface({
      input,
      // Readline edits the line, and this class draws it: readline would erase news above a line that wraps.
      ...(this.isTerminal && { output: this.#changes(), terminal: true, history, historySize: 500 }),
      completer: (line: string) => this.#complete(line, complete),
    });
    this.#input.on('line', (line) => {
      if (this.isTerminal) output.write(this.#line.leave(`${this.#prompt}${line}`, this.#size));
      if (!this.#hand(line)) this.#typed.push(line);
    });
    this.#input.on('SIGINT', () => {
      this.close();
      interrupt();
    });
    this.ended = new Promise((resolve) => this.#input.on('close', resolve));
    this.#input.on('close', () => {
      this.#hasEnded = true;
      output.write(this.#line.erase());
      this.#hand(undefined);
    });
    if (this.isTerminal) this.#watchTerminal();
  }

  /** @param text one line of anybody's words: its control characters are shown as letters */
  print(text: string, style?: Style): void {
    // Colours follow NO_COLOR and FORCE_COLOR, and a pipe gets none.
    const shown = plainText(text);
    const styled = style ? styleText(style, shown, { stream: this.#out }) : shown;
    this.#out.write(`${this.#line.erase()}${styled}\n${this.#drawn()}`);
  }

  /** The typed or piped lines, until the end of the input. */
  async *lines(): AsyncGenerator<string> {
    while (true) {
      const line = await this.#next(PROMPT);
      if (line === undefined) return;
      yield line;
    }
  }

  /** @returns undefined when the input ends before the answer */
  question(text: string): Promise<string | undefined> {
    return this.#next(text);
  }

  onHistory(keep: (history: string[]) => void): void {
    this.#input.on('history', keep);
  }

  close(): void {
    this.#input.close();
  }

  get #size() {
    return { columns: this.#out.columns || USUAL.columns, rows: this.#out.rows || USUAL.rows };
  }

  /** A stream to which readline writes whenever the line or the cursor has changed. What it writes is not shown. */
  #changes(): Writable {
    return new Writable({
      write: (_chunk, _encoding, done) => {
        this.#drawSoon();
        done();
      },
    });
  }

  #watchTerminal(): void {
    this.#input.on('SIGTSTP', () => this.#stop());
    const goOn = () => this.#goOn();
    process.on('SIGCONT', goOn);
    this.#input.on('close', () => process.off('SIGCONT', goOn));
    this.#out.on('resize', () => this.#draw());
    this.#in.on('keypress', (_text: string | undefined, key: Key) => {
      if (key.ctrl && key.name === 'l') this.#out.write(`${this.#line.erase()}${HOME}${this.#drawn()}`);
    });
    // The terminal is gone.
    this.#in.on('error', () => this.close());
  }

  /** Stops the whole job, as Ctrl-Z does for other programs: the shell waits for npm, which started this process. */
  #stop(): void {
    this.#out.write(this.#line.erase());
    this.#in.setRawMode(false);
    process.kill(0, 'SIGTSTP');
    // Where no shell could continue the job, the system does not stop it.
    this.#stopping = setTimeout(() => this.#goOn(), STOP_MS);
  }

  /** The job goes on, after a stop that may have come from elsewhere. The shell has used the terminal meanwhile. */
  #goOn(): void {
    clearTimeout(this.#stopping);
    if (this.#hasEnded) return;
    // Node believes that the mode is still as it was set last, and would set nothing.
    this.#in.setRawMode(false);
    this.#in.setRawMode(true);
    this.#line.forget();
    this.#out.write(`\r${this.#drawn()}`);
  }

  #drawSoon(): void {
    if (this.#drawing) return;
    this.#drawing = true;
    queueMicrotask(() => {
      this.#drawing = false;
      this.#draw();
    });
  }

  #draw(): void {
    this.#out.write(`${this.#line.erase()}${this.#drawn()}`);
  }

  #drawn(): string {
    if (!this.isTerminal || this.#hasEnded) return '';
    const { line, cursor } = this.#input;
    return this.#line.draw(`${this.#prompt}${line}`, this.#prompt.length + cursor, this.#size);
  }

  #complete(line: string, complete: (line: string) => string[]): [string[], string] {
    const word = /\S*$/.exec(line)?.[0] ?? '';
    const begin = (beginning: string) => (each: string) => each.toLowerCase().startsWith(beginning.toLowerCase());
    const fitting = [...new Set(complete(line))].filter(begin(word));
    const [first = ''] = fitting;
    // Readline shows the choice on a second Tab, but its output is not shown.
    if (fitting.length > 1 && !fitting.every(begin(first.slice(0, word.length + 1))))
      this.print(fitting.join('  '), 'dim');
    return [fitting, word];
  }

  /** @returns whether a reader was waiting for the line */
  #hand(line: string | undefined): boolean {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.(line);
    return waiting !== undefined;
  }

  /** A pipe may send everything before the first read, so lines are kept from the start. */
  #next(prompt: string): Promise<string | undefined> {
    this.#prompt = prompt;
    if (this.isTerminal && !this.#hasEnded) this.#draw();
    const typed = this.#typed.shift();
    if (typed !== undefined || this.#hasEnded) return Promise.resolve(typed);
    return new Promise((resolve) => (this.#waiting = resolve));
  }
}
