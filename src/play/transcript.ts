import { plainText } from '../../spike/client/plain-text.ts';
import type { LineKind } from '../../spike/text/conversation.ts';
import type { Store } from './people.ts';

export interface Line {
  text: string;
  /** `typed` is what the player said to the client. */
  kind: LineKind | 'typed' | 'plain';
}

const MOST = 400;
/** This near to its end, in CSS pixels, the reader is reading along. */
const NEAR_PX = 40;

/** Everything that was shown and typed. It is a live region, and outlasts a reload of its tab. */
export class Transcript {
  readonly #box: HTMLElement;
  readonly #store: Store | undefined;
  #key = '';
  #lines: Line[] = [];

  constructor(box: HTMLElement, store: Store | undefined) {
    this.#box = box;
    this.#store = store;
  }

  /**
   * Shows what this tab heard as somebody, and goes on from there. Old lines are not read out again.
   * @returns whether there were any
   */
  open(key: string): boolean {
    this.#key = `spellkave transcript ${key}`;
    this.#lines = read(this.#store, this.#key);
    this.#box.ariaLive = 'off';
    this.#box.replaceChildren(...this.#lines.map(paragraph));
    this.#box.scrollTop = this.#box.scrollHeight;
    // A screen reader reads what comes into a live region, so the old lines have to be there before.
    requestAnimationFrame(() => (this.#box.ariaLive = 'polite'));
    return this.#lines.length > 0;
  }

  add(text: string, kind: Line['kind'] = 'plain'): void {
    const follows = this.#box.scrollHeight - this.#box.scrollTop - this.#box.clientHeight < NEAR_PX || kind === 'typed';
    const line = { text: plainText(text), kind };
    this.#lines.push(line);
    this.#box.append(paragraph(line));
    while (this.#lines.length > MOST) {
      this.#lines.shift();
      this.#box.firstElementChild?.remove();
    }
    if (follows) this.#box.scrollTop = this.#box.scrollHeight;
    try {
      this.#store?.setItem(this.#key, JSON.stringify(this.#lines));
    } catch {
      // A browser that forbids storage shows the transcript until a reload.
    }
  }
}

function read(store: Store | undefined, key: string): Line[] {
  try {
    return (JSON.parse(store?.getItem(key) ?? '[]') as Line[]).slice(-MOST);
  } catch {
    return [];
  }
}

/** Text is never markup here. */
function paragraph({ text, kind }: Line): HTMLElement {
  const line = document.createElement('p');
  line.className = kind;
  line.dir = 'auto';
  line.textContent = kind === 'typed' ? `> ${text}` : text;
  return line;
}
