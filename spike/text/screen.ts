import { createInterface, type Interface } from 'node:readline';
import { styleText } from 'node:util';

export type Style = Parameters<typeof styleText>[0];

export interface ScreenOptions {
  /** The completions of a line for Tab. */
  complete: (line: string) => string[];
  history: string[];
  /** Called at any time when the player presses Ctrl-C. */
  interrupt: () => void;
}

/** Clears the line that is being typed, with its prompt. */
const CLEAR = '\r\x1b[J';

/** The player's terminal, or a pipe. News arrives at any time and does not disturb the line that is being typed. */
export class Screen {
  readonly isTerminal = process.stdin.isTTY && process.stdout.isTTY;
  /** Settles at the end of the input. */
  readonly ended: Promise<void>;
  readonly #input: Interface;
  readonly #typed: string[] = [];
  #waiting: ((line: string | undefined) => void) | undefined;
  #hasEnded = false;

  constructor({ complete, history, interrupt }: ScreenOptions) {
    this.#input = createInterface({
      input: process.stdin,
      ...(this.isTerminal && { output: process.stdout, history, historySize: 500 }),
      prompt: '> ',
      completer: (line: string): [string[], string] => {
        const word = /\S*$/.exec(line)?.[0] ?? '';
        return [complete(line).filter((each) => each.toLowerCase().startsWith(word.toLowerCase())), word];
      },
    });
    this.#input.on('line', (line) => this.#hand(line) || this.#typed.push(line));
    this.#input.on('SIGINT', () => {
      this.close();
      interrupt();
    });
    this.ended = new Promise((resolve) => this.#input.on('close', resolve));
    this.#input.on('close', () => {
      this.#hasEnded = true;
      if (this.isTerminal) process.stdout.write(CLEAR);
      this.#hand(undefined);
    });
  }

  /** @returns whether a reader was waiting for the line */
  #hand(line: string | undefined): boolean {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.(line);
    return waiting !== undefined;
  }

  print(text: string, style?: Style): void {
    // Colours follow NO_COLOR and FORCE_COLOR, and a pipe gets none.
    const styled = style ? styleText(style, text, { stream: process.stdout }) : text;
    if (!this.isTerminal) return void process.stdout.write(`${styled}\n`);
    process.stdout.write(`${CLEAR}${styled}\n`);
    if (!this.#hasEnded) this.#input.prompt(true);
  }

  /** The typed or piped lines, until the end of the input. */
  async *lines(): AsyncGenerator<string> {
    while (true) {
      if (this.isTerminal && !this.#hasEnded) this.#input.prompt();
      const line = this.#typed.shift() ?? (await this.#next());
      if (line === undefined) return;
      yield line;
    }
  }

  /** A pipe may send everything before the first read, so lines are kept from the start. */
  #next(): Promise<string | undefined> {
    return new Promise((resolve) => {
      if (this.#hasEnded) resolve(undefined);
      else this.#waiting = resolve;
    });
  }

  /** @returns undefined when the input ends before the answer */
  async question(text: string): Promise<string | undefined> {
    const answer = new Promise<string>((resolve) => this.#input.question(text, resolve));
    return (await Promise.race([this.ended, answer])) ?? undefined;
  }

  onHistory(keep: (history: string[]) => void): void {
    this.#input.on('history', keep);
  }

  close(): void {
    this.#input.close();
  }
}
