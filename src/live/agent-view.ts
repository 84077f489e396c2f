import { agentWords, sentenceAbout } from './agent-words.ts';
import { part, text, write } from './dom.ts';
import { FindView } from './find-view.ts';
import { lastThoughts, type ThoughtWords } from './last-thoughts.ts';
import { moments } from './moments.ts';
import type { Scene } from './scene.ts';

const MOST_THOUGHTS = 5;
const NOBODY_PICKED = 'Nobody picked';

export interface AgentViewOptions {
  /** Somebody was picked by name, or nobody is picked any more. */
  onPick: (agent: number | undefined) => void;
}

/** One agent: where it is, what it does and has, and the life of its last thoughts. */
export class AgentView {
  readonly #find: FindView;
  readonly #name = part('agent-name');
  readonly #life = part('agent-life');
  readonly #figures = {
    place: part('agent-place'),
    routine: part('agent-routine'),
    next: part('agent-next'),
    purse: part('agent-purse'),
  };
  readonly #thoughts = part('agent-thoughts');
  readonly #note = part('agent-note');
  readonly #said = part('agent-said');
  #shown = '';

  constructor({ onPick }: AgentViewOptions) {
    this.#find = new FindView({ onFind: onPick });
    part('agent-close').addEventListener('click', () => {
      onPick(undefined);
      this.#find.focus();
    });
  }

  /** Says who was picked, once, to a reader who does not see the page. */
  announce(scene: Scene, agent: number): void {
    const words = agentWords(scene, agent);
    if (words) write(this.#said, sentenceAbout(words));
  }

  show(scene: Scene, agent: number | undefined): void {
    this.#find.show(scene);
    const words = agent === undefined ? undefined : agentWords(scene, agent);
    this.#life.hidden = !words;
    write(this.#name, words?.name ?? NOBODY_PICKED);
    if (!words || agent === undefined) return;
    for (const name of ['place', 'routine', 'next', 'purse'] as const) write(this.#figures[name], words[name]);
    this.#showThoughts(scene, agent);
  }

  #showThoughts(scene: Scene, agent: number): void {
    const shown = [scene.era, agent, scene.thoughts.version, scene.events.at(-1)?.id, scene.names.size].join();
    if (shown === this.#shown) return;
    this.#shown = shown;
    const thoughts = lastThoughts(scene, agent, MOST_THOUGHTS);
    this.#thoughts.replaceChildren(...(thoughts.length > 0 ? thoughts.map(item) : [text('li', 'None seen yet.')]));
    this.#note.hidden = !scene.thoughts.isEmpty;
  }
}

function item({ request, atMs, life, deed }: ThoughtWords): HTMLLIElement {
  const [line, words] = [document.createElement('li'), text('span', `Thought ${request}, ${life}. `)];
  words.append(text('bdi', deed));
  line.append(text('time', moments.format(atMs)), words);
  return line;
}
