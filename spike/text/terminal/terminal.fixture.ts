import { PassThrough, Writable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import type { ReadStream, WriteStream } from 'node:tty';
import xterm, { type Terminal } from '@xterm/headless';

/** How many cells terminals give a character: they differ, and none of them is wrong. */
export const WIDTHS: Record<string, ((codePoint: number) => 0 | 1 | 2) | undefined> = {
  /** As xterm.js does without an addon: an emoji is narrow. */
  old: undefined,
  wide: (code) =>
    isMark(code) ? 0 : /[\p{Emoji_Presentation}\u3000-\u9fff]/u.test(String.fromCodePoint(code)) ? 2 : 1,
  allNarrow: () => 1,
};

const isMark = (code: number) => /[\p{M}\p{Cf}]/u.test(String.fromCodePoint(code));

/** A terminal emulator with the streams of a program inside it. */
export class FakeTerminal {
  readonly input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => {} }) as unknown as ReadStream;
  readonly output: WriteStream;
  readonly #emulator: Terminal;

  constructor(columns: number, rows: number, widths = WIDTHS['old']) {
    this.#emulator = new xterm.Terminal({
      cols: columns,
      rows,
      scrollback: 5_000,
      convertEol: true,
      allowProposedApi: true,
    });
    if (widths) {
      const provider = { version: 'test', wcwidth: widths, charProperties: (code: number) => widths(code) << 1 };
      this.#emulator.unicode.register(provider);
      this.#emulator.unicode.activeVersion = 'test';
    }
    const stream = new Writable({
      write: (chunk: Buffer, _encoding, done) => this.#emulator.write(chunk, done),
    });
    this.output = Object.assign(stream, { isTTY: true, columns, rows }) as unknown as WriteStream;
  }

  async type(text: string): Promise<void> {
    (this.input as unknown as PassThrough).write(text);
    await this.settled();
  }

  async resize(columns: number, rows: number): Promise<void> {
    await this.settled();
    this.#emulator.resize(columns, rows);
    Object.assign(this.output, { columns, rows });
    this.output.emit('resize');
    await this.settled();
  }

  /** Waits until the program has read what was typed, and the emulator what was written. */
  async settled(): Promise<void> {
    for (let turn = 0; turn < 3; turn++) await setImmediate();
    await new Promise<void>((done) => this.#emulator.write('', done));
  }

  /** Everything that can be seen, also by scrolling back. A line that was wrapped is one line. */
  lines(): string[] {
    const { active } = this.#emulator.buffer;
    const lines: string[] = [];
    for (let at = 0; at < active.length; at++) {
      const line = active.getLine(at);
      if (line?.isWrapped) lines.push(`${lines.pop() ?? ''}${line.translateToString(true)}`);
      else lines.push(line?.translateToString(true) ?? '');
    }
    return lines;
  }

  /** What stands before the cursor in its row. */
  beforeCursor(): string {
    const { active } = this.#emulator.buffer;
    return active.getLine(active.baseY + active.cursorY)?.translateToString(false, 0, active.cursorX) ?? '';
  }
}
