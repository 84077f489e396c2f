import type { Regions } from './regions.ts';
import type { Residence } from './residence.ts';

export interface JourneyOptions {
  regions: () => Regions;
  /** Called for each line about the journey. */
  tell: (line: string) => void;
  /** The player stands somewhere again: show where. */
  onArrival: () => void;
}

/** After so long at a border the player is told what they wait for. */
const PATIENCE_MS = 5_000;

/** Tells the player how their own journey goes: that they leave, wait, arrive, or turn back. */
export class Journey {
  readonly #options: JourneyOptions;
  #waiting: ReturnType<typeof setTimeout> | undefined;

  constructor(options: JourneyOptions) {
    this.#options = options;
  }

  /** The player was found somewhere else than before. */
  move(before: Residence, now: Residence): void {
    if (now.state === 'nowhere' || before.state === 'nowhere') return;
    clearTimeout(this.#waiting);
    if (now.state === 'crossing') this.#leave(before, now);
    else this.#arrive(before, now);
  }

  /** Where somebody is who stands nowhere. */
  whereabouts(): string {
    const { residence, nameOf } = this.#read();
    if (residence.state === 'nowhere') return 'nowhere';
    return residence.state === 'here' ? `in ${nameOf(residence.region)}` : `at the border to ${nameOf(residence.to)}`;
  }

  /** What `look` shows at the border. */
  look(): string[] {
    const { residence, nameOf } = this.#read();
    if (residence.state !== 'crossing') return [];
    return [`You are at the border to ${nameOf(residence.to)}, ${this.#waitsFor(residence.to)}`];
  }

  close(): void {
    clearTimeout(this.#waiting);
  }

  #read() {
    const regions = this.#options.regions();
    return { regions, residence: regions.residence, nameOf: (region: number) => regions.nameOf(region) };
  }

  #leave(before: Residence, { to }: Extract<Residence, { state: 'crossing' }>): void {
    const { nameOf } = this.#read();
    const { tell } = this.#options;
    if (before.state === 'here') tell(`You leave for ${nameOf(to)}.`);
    this.#waiting = setTimeout(
      () => tell(`You are still at the border to ${nameOf(to)}, ${this.#waitsFor(to)}`),
      PATIENCE_MS,
    );
  }

  #arrive(before: Residence, { region }: Extract<Residence, { state: 'here' }>): void {
    const { regions, nameOf } = this.#read();
    const { tell, onArrival } = this.#options;
    const isBack = before.state === 'crossing' && before.from === region;
    tell(isBack ? `You turn back at the border: ${this.#reason(region)}.` : `You arrive in ${nameOf(region)}.`);
    if (regions.home?.db) return onArrival();
    tell(regions.lacks(region) ? unknownRegion(nameOf(region)) : `${nameOf(region)} does not answer now.`);
  }

  /** What must happen before the player goes on. */
  #waitsFor(to: number): string {
    const { regions, nameOf } = this.#read();
    const beyond = regions.of(to);
    const shut = regions.sides.map(({ db }) => db?.db.peer.region.find(to)?.shut).find(Boolean);
    if (shut) return `which is shut: ${shut}. You go on when it opens.`;
    if (beyond && !beyond.db) return `and ${nameOf(to)} does not answer. You go on when it does.`;
    return 'and go on as soon as it lets you in.';
  }

  /** The region that refused says why, and the region of departure wrote it down. */
  #reason(region: number): string {
    const { regions } = this.#read();
    const events = [...(regions.of(region)?.db?.db.event.iter() ?? [])];
    const own = events.filter(({ kind, subject }) => kind === 'turn_back' && subject === regions.me);
    return own.sort((a, b) => (a.id < b.id ? 1 : -1))[0]?.words ?? 'the region beyond did not let you in';
  }
}

/** The player is in a region that the client was not told of. */
export function unknownRegion(name: string): string {
  return `This client has no address of ${name}: start it again with all regions of the world to go on there.`;
}
