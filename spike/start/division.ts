import type { WorldMap } from './map.ts';

/** What a division says of one region. The rest follows from the map. */
export interface Part {
  name: string;
  /** The key of the place where newcomers begin. */
  newcomers: string;
  /** Keys. Each place of the map belongs to one region. */
  places: string[];
  /** In place of routes of the map that cross a border: nobody walks a round over one. */
  routes: WorldMap['routes'];
}

type Route = WorldMap['routes'][number];

/**
 * Divides a map among regions. An exit that leads from one region into another becomes a border with the same direction,
 * agents live where their round or their place is, and each region gets an equal part of the treasury.
 * @returns a map for each region, in the same order
 * @throws Error that names the value, the rule and the fix
 */
export function divide(map: WorldMap, parts: Part[]): WorldMap[] {
  checkNames(parts);
  const regions = regionsOfPlaces(map, parts);
  checkBorders(map, parts, regions);
  const routes = routesOf(map, parts, regions);
  return parts.map((part, number) => {
    const isHere = (place: string) => regions.find(place) === number;
    const homeOf = (routine: object) => {
      const [kind, key] = Object.entries(routine)[0] as [string, string];
      return kind === 'Patrol' || kind === 'Trade' ? routes.find(key) === number : isHere(key);
    };
    if (!isHere(part.newcomers))
      throw new Error(
        `newcomers of ${part.name} begin in "${part.newcomers}", which is in another region: name a place of ${part.name}`,
      );
    const { treasury, gold_each } = map.newcomers;
    const share = Math.floor(treasury / parts.length) + (number === 0 ? treasury % parts.length : 0);
    return {
      name: map.name,
      goods: map.goods,
      places: map.places.filter(({ key }) => isHere(key)),
      exits: map.exits.filter(({ from, to }) => isHere(from) && isHere(to)),
      borders: [
        ...map.borders.filter(({ from }) => isHere(from)),
        ...map.exits
          .filter(({ from, to }) => isHere(from) && !isHere(to))
          .map(({ from, direction, to }) => ({ from, direction, region: regions.find(to), to: nameOf(map, to) })),
      ],
      routes: routes.all.filter(({ key }) => routes.find(key) === number),
      agents: map.agents.filter(({ routine }) => homeOf(routine)),
      stalls: map.stalls.filter(({ place }) => isHere(place)),
      newcomers: { place: part.newcomers, gold_each, treasury: share },
    };
  });
}

/** Names become databases and folders, which do not distinguish capitals everywhere. */
function checkNames(parts: Part[]): void {
  const seen = new Set<string>();
  for (const { name } of parts) {
    const lower = name.toLowerCase();
    if (seen.has(lower)) throw new Error(`two regions are called ${name}: give one of them another name`);
    seen.add(lower);
  }
}

/** Finds what belongs to a region by its key. */
class Finder {
  readonly #kind: string;
  readonly #numbers = new Map<string, number>();

  constructor(kind: string) {
    this.#kind = kind;
  }

  set(key: string, number: number): void {
    this.#numbers.set(key, number);
  }

  has(key: string): boolean {
    return this.#numbers.has(key);
  }

  /** @throws Error when the map has no such key */
  find(key: string): number {
    const number = this.#numbers.get(key);
    if (number === undefined) throw new Error(`the ${this.#kind} "${key}" is not on the map: use one that is`);
    return number;
  }
}

function regionsOfPlaces(map: WorldMap, parts: Part[]): Finder {
  const found = new Finder('place');
  const known = new Set(map.places.map(({ key }) => key));
  for (const [number, { name, places }] of parts.entries())
    for (const place of places) {
      if (!known.has(place))
        throw new Error(`${name} has the place "${place}", which is not on the map: use one that is`);
      if (found.has(place)) {
        const other = parts[found.find(place)]?.name;
        throw new Error(`the place "${place}" is in ${other} and in ${name}: name it in one region, once`);
      }
      found.set(place, number);
    }
  for (const place of known)
    if (!found.has(place)) throw new Error(`the place "${place}" is in no region: add it to one`);
  return found;
}

/** Borders that the map itself has. Those that come from exits cannot lead nowhere. */
function checkBorders(map: WorldMap, parts: Part[], regions: Finder): void {
  for (const { from, direction, region, to } of map.borders) {
    const label = `the border "${direction}" of "${from}"`;
    const beyond = parts[region];
    if (!beyond) throw new Error(`${label} leads to region ${region}: use 0 to ${parts.length - 1}`);
    if (regions.find(from) === region)
      throw new Error(`${label} leads into its own region ${beyond.name}: make it an exit`);
    if (!map.places.some(({ key, name }) => name === to && regions.find(key) === region))
      throw new Error(`${label} leads to "${to}", and no place of ${beyond.name} has that name: use one that has`);
  }
}

/** Which region each route is in, with the routes that replace those over a border. */
function routesOf(map: WorldMap, parts: Part[], regions: Finder): { all: Route[]; find: (key: string) => number } {
  const found = new Finder('route');
  const replaced = new Map<string, Route>();
  for (const [number, part] of parts.entries())
    for (const route of part.routes) {
      const label = `the route "${route.key}" of ${part.name}`;
      if (!map.routes.some(({ key }) => key === route.key))
        throw new Error(`${label} replaces none on the map: use the key of one`);
      if (replaced.has(route.key)) throw new Error(`${label} is there twice: leave one of them out`);
      const foreign = route.stops.find((stop) => regions.find(stop) !== number);
      if (foreign) throw new Error(`${label} stops at "${foreign}", which is in another region: stop in one`);
      replaced.set(route.key, route);
    }
  const all = map.routes.map((route) => replaced.get(route.key) ?? route);
  for (const { key, stops } of all) {
    const [first, ...others] = new Set(stops.map((stop) => regions.find(stop)));
    if (first === undefined) throw new Error(`the route "${key}" has no stop: give it two`);
    if (others.length > 0)
      throw new Error(`the route "${key}" crosses a border: give it stops in one region, in that region's "routes"`);
    found.set(key, first);
  }
  return { all, find: (key) => found.find(key) };
}

function nameOf(map: WorldMap, place: string): string {
  return map.places.find(({ key }) => key === place)?.name ?? place;
}
