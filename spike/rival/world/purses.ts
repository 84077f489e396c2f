import { NOBODY } from '../../client/world-constants.ts';

/** Holds the gold that newcomers are given. */
export const TREASURY = NOBODY;

/** Who holds how much of each good: one number for each holder and good, side by side. */
export class Purses {
  readonly #goods: number;
  #quantities: Uint32Array;

  constructor(goods: number) {
    this.#goods = goods;
    this.#quantities = new Uint32Array(goods * 1_024);
  }

  get(holder: number, good: number): number {
    return this.#quantities[this.#slot(holder, good)] ?? 0;
  }

  set(holder: number, good: number, quantity: number): void {
    const slot = this.#slot(holder, good);
    if (slot >= this.#quantities.length) this.#grow(slot);
    this.#quantities[slot] = quantity;
  }

  /** The treasury comes before the first agent. */
  #slot(holder: number, good: number): number {
    return (holder === TREASURY ? 0 : holder + 1) * this.#goods + good;
  }

  #grow(slot: number): void {
    const wider = new Uint32Array(Math.max(slot + 1, this.#quantities.length) * 2);
    wider.set(this.#quantities);
    this.#quantities = wider;
  }
}
