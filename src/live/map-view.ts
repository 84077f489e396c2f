import { Dots } from './dots.ts';
import { layOut, type Point } from './layout.ts';
import type { News } from './news.ts';
import { part, text, write } from './part.ts';
import type { Scene } from './scene.ts';

/** Below this width of the map, in CSS pixels, places and labels are drawn smaller. */
const NARROW_PX = 480;

/**
 * The map: lines, dots, and each place as a button in a list, so that keyboard and screen reader have what the mouse
 * has.
 */
export class MapView {
  readonly #box = part('map');
  readonly #lines = part<SVGSVGElement>('lines');
  readonly #list = part('places');
  readonly #dots = new Dots(part<HTMLCanvasElement>('dots'));
  readonly #buttons = new Map<number, { button: HTMLButtonElement; count: HTMLElement }>();
  readonly #onChoose: (place: number) => void;
  #points = new Map<number, Point>();
  #exits: [number, number][] = [];

  constructor(onChoose: (place: number) => void) {
    this.#onChoose = onChoose;
    new ResizeObserver(() => this.#arrange()).observe(this.#box);
  }

  take(news: News): void {
    if (news.kind === 'world') this.#build(news);
    if (news.kind === 'agent') this.#dots.send(news.id, news.place);
  }

  /** Something happened there just now. */
  pulse(place: number): void {
    this.#dots.pulse(place);
  }

  show({ agents }: Scene, chosen: number): void {
    const here = new Map<number, number>();
    for (const place of agents.values()) here.set(place, (here.get(place) ?? 0) + 1);
    for (const [id, { button, count }] of this.#buttons) {
      write(count, String(here.get(id) ?? 0));
      if ((button.ariaPressed === 'true') !== (id === chosen)) button.ariaPressed = String(id === chosen);
    }
  }

  #build({ places, exits }: Extract<News, { kind: 'world' }>): void {
    this.#dots.clear();
    this.#buttons.clear();
    this.#points = layOut(places, exits);
    const pairs = new Map(exits.map(({ from, to }) => [[from, to].sort((a, b) => a - b).join(), [from, to] as const]));
    this.#exits = [...pairs.values()].map(([from, to]) => [from, to]);
    this.#list.replaceChildren(
      ...places.map(({ id, name }) => {
        const [button, item] = [document.createElement('button'), document.createElement('li')];
        const [spot, label, count] = [text('span', ''), text('span', ''), text('span', '0')];
        const [, article = '', rest = name] = /^(the )?(.*)$/i.exec(name) ?? [];
        label.append(text('span', article), `${rest} `, count, text('span', ' here'));
        [spot.className, label.className, count.className] = ['spot', 'label', 'count'];
        [label.firstElementChild, label.lastElementChild].map((element, at) => {
          if (element) element.className = at ? 'heard' : 'article';
        });
        button.type = 'button';
        button.append(spot, label);
        button.addEventListener('click', () => this.#onChoose(id));
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
