import { GOLDEN_ANGLE, type Point } from './layout.ts';

interface Room {
  centre: Point;
  seats: (number | undefined)[];
  capacity: number;
}

const LEAST_CAPACITY = 8;
/** How far out the last seat is, as a share of the radius. */
const EDGE = 0.88;

/** Where agents stand in a place: on a spiral, closer together the more have ever been there at once. */
export class Seats {
  readonly #rooms = new Map<number, Room>();
  #radius = 0;

  /** How many seats the fullest place has room for. */
  get mostSeats(): number {
    return Math.max(LEAST_CAPACITY, ...[...this.#rooms.values()].map(({ capacity }) => capacity));
  }

  clear(): void {
    this.#rooms.clear();
  }

  arrange(centres: Map<number, Point>, radius: number): void {
    this.#radius = radius;
    for (const [place, centre] of centres) this.#room(place).centre = centre;
  }

  centre(place: number): Point {
    return this.#room(place).centre;
  }

  /** @returns the seat, and who must move closer together for it */
  take(agent: number, place: number): { seat: number; crowd: number[] } {
    const room = this.#room(place);
    const free = room.seats.indexOf(undefined);
    const seat = free < 0 ? room.seats.length : free;
    const crowd = seat < room.capacity ? [] : room.seats.filter((other) => other !== undefined);
    if (seat >= room.capacity) room.capacity *= 2;
    room.seats[seat] = agent;
    return { seat, crowd };
  }

  leave(place: number, seat: number): void {
    this.#room(place).seats[seat] = undefined;
  }

  point(place: number, seat: number): Point {
    const { centre, capacity } = this.#room(place);
    const distance = EDGE * this.#radius * Math.sqrt((seat + 0.5) / capacity);
    return {
      x: centre.x + distance * Math.cos(seat * GOLDEN_ANGLE),
      y: centre.y + distance * Math.sin(seat * GOLDEN_ANGLE),
    };
  }

  #room(place: number): Room {
    const room = this.#rooms.get(place) ?? { centre: { x: 0, y: 0 }, seats: [], capacity: LEAST_CAPACITY };
    this.#rooms.set(place, room);
    return room;
  }
}
