import type { Arrival } from '../client/bindings/arrival_type.ts';
import type { Departure } from '../client/bindings/departure_type.ts';
import { regionOf } from '../client/world-constants.ts';
import { holds, mend } from './copies.ts';
import type { Region } from './region.ts';
import { nextStep, type Journey, type Step } from './step.ts';

export interface RelayOptions {
  /** In milliseconds: how long a row must have been visible before anything is done on its strength. */
  waitMs: number;
  log: (line: string) => void;
  /** Decides about each journey. An experiment passes one that does not wait. */
  step?: (journey: Journey) => Step | undefined;
}

const LOOK_MS = 20;
/** A call whose effect has not shown after so long is made again. Every step may come twice. */
const AGAIN_MS = 2_000;
/** A region that has been lost for so long is not coming back at once, so nobody should set out for it. */
const LOST_MS = 3_000;

/**
 * Carries journeys between regions. It keeps nothing: both databases hold the state, so any number of relays may run, and
 * each can be killed at any moment.
 */
export class Relay {
  readonly #regions: Region[];
  readonly #options: RelayOptions;
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #called = new Map<string, number>();
  readonly #lostAt = new Map<Region, number>();
  /** What each region said of itself when it was last connected. */
  readonly #known = new Map<Region, { number: number; name: string }>();
  /** The connections on which two regions were last greeted, by their numbers. */
  readonly #greeted = new Map<string, string>();
  #said = '';

  constructor(regions: Region[], options: RelayOptions) {
    this.#regions = regions;
    this.#options = options;
    this.#timer = setInterval(() => this.#look(), LOOK_MS);
  }

  close(): void {
    clearInterval(this.#timer);
    for (const region of this.#regions) region.close();
  }

  #look(): void {
    for (const [key, at] of this.#called) if (performance.now() - at > AGAIN_MS) this.#called.delete(key);
    for (const region of this.#regions) {
      region.forgetPast();
      region.beat();
      if (region.own) this.#known.set(region, region.own);
    }
    for (const here of this.#regions)
      for (const there of this.#regions) {
        if (here === there || !here.own) continue;
        if (there.own) this.#lookBetween(here, there);
        else this.#lookAfter(here, there);
      }
  }

  /** Both are connected: greet, carry what leads from `here` to `there`, and mend what contradicts. */
  #lookBetween(here: Region, there: Region): void {
    this.#lostAt.delete(there);
    if (!this.#isGreeted(here, there)) return;
    const number = there.own!.number;
    const departures = [...here.db!.db.departure.iter()].filter(({ region }) => region === number);
    departures.sort((one, other) => (one.number < other.number ? -1 : 1));
    const byNumber = new Map(departures.map((departure) => [departure.number, departure]));
    // Journeys are admitted in their order, so a later one waits for the earlier to show.
    let admits = 0;
    for (const departure of departures) {
      const step = this.#stepOf(here, there, departure, there.db!.db.arrival.number.find(departure.number));
      if (step?.call === 'admit' && admits++ > 0) continue;
      if (step) this.#take(step, here, there, departure, undefined);
    }
    for (const arrival of there.db!.db.arrival.iter()) {
      if (regionOf(arrival.number) !== here.own!.number || byNumber.has(arrival.number)) continue;
      const step = this.#stepOf(here, there, undefined, arrival);
      if (step) this.#take(step, here, there, undefined, arrival);
    }
    this.#mend(here, there);
  }

  #stepOf(
    here: Region,
    there: Region,
    departure: Departure | undefined,
    arrival: Arrival | undefined,
  ): Step | undefined {
    const number = (departure ?? arrival)!.number;
    const { waitMs, step = nextStep } = this.#options;
    return step({
      departure,
      arrival,
      ripe: {
        departure: here.isRipe(`departure ${number} ${departure?.state.tag}`, waitMs),
        arrival: there.isRipe(`arrival ${number} ${arrival?.state.tag}`, waitMs),
      },
    });
  }

  #take(
    { call }: Step,
    here: Region,
    there: Region,
    departure: Departure | undefined,
    arrival: Arrival | undefined,
  ): void {
    const { number, traveller } = (departure ?? arrival)!;
    const [from, to] = [here.db!.reducers, there.db!.reducers];
    const once = (key: string, make: () => void) => this.#once(`${here.connection} ${there.connection} ${key}`, make);
    once(`${call} ${number}`, () => {
      switch (call) {
        case 'admit':
          return to.admit(number, departure!.to, traveller);
        case 'activate':
          if (departure) return to.activate(number);
          return this.#activateAfterRestore(here, there, arrival!);
        case 'forgetArrival':
          return to.forgetArrival(number);
        case 'release':
          return from.release(number);
        case 'takeBack':
          return from.takeBack(number, there.db!.db.arrival.number.find(number)!.reason);
        case 'forgetDeparture':
          return from.forgetDeparture(number);
      }
    });
  }

  /** A traveller is pending and no departure is left: one of the two regions was restored from an older copy. */
  #activateAfterRestore(here: Region, there: Region, { number, traveller: { agent, hops } }: Arrival): void {
    const passport = here.db!.db.passport.agent.find(agent);
    const view = { region: here.own!.number, passport };
    // `here` was restored, and may hold the copy that has not left yet.
    if (holds(agent, view) && (passport?.hops ?? 0) < hops)
      return here.db!.reducers.supersede(agent, hops, there.own!.number);
    there.db!.reducers.activate(number);
    // `there` was restored, and they have come back since. A journey ends only by arriving, so they leave at once.
    if (holds(agent, view) && passport) there.db!.reducers.supersede(agent, passport.hops, view.region);
  }

  /** Whether `there` knows `here` as it is now, and lets its travellers in. */
  #isGreeted(here: Region, there: Region): boolean {
    const own = here.own!;
    const known = there.db!.db.peer.region.find(own.number);
    // A region that was restored from a copy has connected anew, and only a greeting compares how far journeys count.
    const [pair, connections] = [`${own.number} ${there.own!.number}`, `${here.connection} ${there.connection}`];
    if (this.#greeted.get(pair) !== connections) {
      this.#greeted.set(pair, connections);
      there.db!.reducers.greet(own);
      return false;
    }
    if (known?.epoch === own.epoch && known.shut === '') return true;
    this.#once(`${here.connection} ${there.connection} greet ${own.number} ${own.epoch}`, () =>
      there.db!.reducers.greet(own),
    );
    if (known?.shut) this.#say(`${own.name} to ${there.own!.name}: ${known.shut}`);
    return false;
  }

  /** `there` is not connected. After a while nobody should set out for it. */
  #lookAfter(here: Region, there: Region): void {
    const lostAt = this.#lostAt.get(there) ?? performance.now();
    this.#lostAt.set(there, lostAt);
    const known = this.#known.get(there);
    if (!known || performance.now() - lostAt < LOST_MS) return;
    const peer = here.db!.db.peer.region.find(known.number);
    if (peer?.shut !== '') return;
    this.#once(`${here.connection} shut ${known.number}`, () => {
      this.#say(`${known.name} does not answer: its border with ${here.own!.name} is shut`);
      here.db!.reducers.shutBorder(known.number, 'it does not answer');
    });
  }

  /** Where `there` knows more crossings of somebody than `here`, `here` was restored: of two copies the later one stays. */
  #mend(here: Region, there: Region): void {
    const view = (region: Region, agent: number) => ({
      region: region.own!.number,
      passport: region.db!.db.passport.agent.find(agent),
    });
    for (const passport of there.db!.db.passport.iter()) {
      const mending = mend(view(here, passport.agent), { region: there.own!.number, passport }, () =>
        travels(passport.agent, here, there),
      );
      // The two connections do not show one moment, so a contradiction counts only when it stays.
      const fact = `${mending?.call} in ${here.own!.number} ${passport.agent} ${passport.hops}`;
      if (!mending) continue;
      const ripe = [here, there].map((region) => region.isRipe(fact, 2 * this.#options.waitMs));
      if (ripe.includes(false)) continue;
      this.#once(`${here.connection} ${there.connection} ${fact}`, () => {
        this.#say(
          `${here.own!.name} knows less than ${there.own!.name} about agent ${passport.agent}: ${mending.call}`,
        );
        if (mending.call === 'recover') return here.db!.reducers.recover(mending.traveller, there.own!.name);
        here.db!.reducers.supersede(passport.agent, mending.hops, mending.region);
      });
    }
  }

  /** Makes a call unless it was made a moment ago. */
  #once(key: string, make: () => void): void {
    if (this.#called.has(key)) return;
    this.#called.set(key, performance.now());
    make();
  }

  /** Says a thing once, until something else is said. */
  #say(line: string): void {
    if (line !== this.#said) this.#options.log(line);
    this.#said = line;
  }
}

/** Whether a journey of theirs between the two has not ended. */
function travels(agent: number, ...regions: Region[]): boolean {
  const isPending = ({ state, traveller }: Arrival) => state.tag === 'Pending' && traveller.agent === agent;
  return regions.some(({ db }) => db!.db.departure.agent.find(agent) || [...db!.db.arrival.iter()].some(isPending));
}
