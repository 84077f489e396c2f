import { AWAY } from '../../spike/client/world-constants.ts';
import { destinationOf } from './destination.ts';
import { Dots } from './dots.ts';
import { layOut, type Point } from './layout.ts';
import type { News } from './news.ts';
import { part, text, write } from './dom.ts';
import type { Scene } from './scene.ts';

/** Below this width of the map, in CSS pixels, places and labels are drawn smaller. */
const NARROW_PX = 480;

export interface MapViewOptions {
  onChoose: (place: number) => void;
  onPick: (agent: number) => void;
}

/**
 * The map: lines, dots, and each place as a button in a list, so that keyboard and screen reader have what the mouse
 * has.
 */
export class MapView {
  readonly #box = part('map');
  readonly #lines = part<SVGSVGElement>('lines');
  readonly #list = part('places');
  readonly #away = part('away');
  readonly #dots = new Dots(part<HTMLCanvasElement>('dots'));
  readonly #buttons = new Map<number, { button: HTMLButtonElement; count: HTMLElement }>();
  readonly #options: MapViewOptions;
  #points = new Map<number, Point>();
  #exits: [number, number][] = [];
  #built = '';

  constructor(options: MapViewOptions) {
    this.#options = options;
    this.#box.addEventListener('click', (event) => void this.#pick(event));
    new ResizeObserver(() => this.#arrange()).observe(this.#box);
  }

  take(news: News): void {
    if (news.kind === 'world') this.#build(news);
    if (news.kind === 'gone' || (news.kind === 'agent' && news.place === AWAY)) this.#dots.remove(news.id);
    else if (news.kind === 'agent') this.#dots.send(news.id, news.place);
  }

  /** Something happened there just now. */
  pulse(place: number): void {
    this.#dots.pulse(place);
  }

  /** @param chosen the place @param picked the agent, if any */
  show(scene: Scene, chosen: number, picked: number | undefined): void {
    const { agents } = scene;
    this.#dots.mark(picked, picked === undefined ? undefined : destinationOf(scene, picked));
    const here = new Map<number, number>();
    for (const place of agents.values()) here.set(place, (here.get(place) ?? 0) + 1);
    const away = here.get(AWAY) ?? 0;
    this.#away.hidden = away === 0;
    write(
      this.#away,
      away === 1 ? '1 agent is away, in another region.' : `${away} agents are away, in another region.`,
    );
    for (const [id, { button, count }] of this.#buttons) {
      write(count, String(here.get(id) ?? 0));
      if ((button.ariaPressed === 'true') !== (id === chosen)) button.ariaPressed = String(id === chosen);
    }
  }

  /** A click by keyboard is on a place, and on no dot. */
  async #pick({ clientX, clientY, detail }: MouseEvent): Promise<void> {
    if (detail === 0) return;
    const { left, top } = this.#box.getBoundingClientRect();
    const agent = await this.#dots.nearest({ x: clientX - left, y: clientY - top });
    if (agent !== undefined) this.#options.onPick(agent);
  }

  #build({ places, exits }: Extract<News, { kind: 'world' }>): void {
    this.#dots.clear();
    // A recording that starts again has the same map: its buttons keep the focus.
    const built = JSON.stringify([places, exits]);
    if (built === this.#built) return this.#arrange();
    this.#built = built;
    this.#buttons.clear();
    this.#points = layOut(places, exits);
    const pairs = new Map(exits.map(({ from, to }) => [[from, to].sort((a, b) => a - b).join(), [from, to] as const]));
    this.#exits = [...pairs.values()].map(([from, to]) => [from, to]);
    this.#list.replaceChildren(
      ...places.map(({ id, name }) => {
        const [button, item] = [document.createElement('button'), document.createElement('li')];
        const [circle, label, count] = [text('span', ''), text('span', ''), text('span', '0')];
        const [, article = '', rest = name] = /^(the )?(.*)$/i.exec(name) ?? [];
        label.append(text('span', article), text('span', rest), ' ', count, text('span', ' here'));
        [circle.className, label.className, count.className] = ['circle', 'label', 'count'];
        [label.firstElementChild, label.lastElementChild].map((element, at) => {
          if (element) element.className = at ? 'heard' : 'article';
        });
        button.type = 'button';
        button.append(circle, label);
        button.addEventListener('click', () => this.#options.onChoose(id));
        this.#buttons.set(id, { button, count });
        item.append(button);
        return item;
      }),
    );
    this.#arrange();
  }

  #arrange(): void {
    const { clientWidth: width, clientHeight: height } = this.#box;
    const narrow = width < NARROW_PX;
    const [radius, side, top, bottom] = narrow ? [14, 34, 22, 52] : [21, 46, 30, 58];
    this.#box.style.setProperty('--radius', `${radius}px`);
    this.#box.toggleAttribute('data-narrow', narrow);
    const centres = new Map(
      [...this.#points].map(([id, { x, y }]) => [
        id,
        { x: side + x * (width - 2 * side), y: top + y * (height - top - bottom) },
      ]),
    );
    for (const [id, { button }] of this.#buttons) {
      const { x, y } = centres.get(id) ?? { x: 0, y: 0 };
      Object.assign(button.style, { left: `${x}px`, top: `${y}px` });
    }
    const path = this.#exits.map(([from, to]) => {
      const [a, b] = [centres.get(from), centres.get(to)];
      return a && b ? `M${a.x} ${a.y}L${b.x} ${b.y}` : '';
    });
    this.#lines.querySelector('path')?.setAttribute('d', path.join(''));
    this.#dots.arrange(centres, radius);
  }
}
