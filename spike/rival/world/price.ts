import { Refusal } from './refusal.ts';

/** What a good costs where nobody has any left. */
export const DEAREST = 12;

/** The most of one good that anybody can hold. */
const MOST = 4_294_967_295;

/** What one party to a deal has of it. */
export interface Purse {
  readonly gold: number;
  readonly pieces: number;
}

/** A deal that can be struck: what was paid, and what both parties have afterwards. */
export interface Bargain {
  readonly paid: number;
  readonly keeper: Purse;
  readonly customer: Purse;
}

/** A price falls by one with each piece on the stall, and never below one. */
export function price(stock: number): number {
  return Math.max(DEAREST - stock, 1);
}

/** The price of buying `quantity` pieces one after another, dearer with each. */
export function cost(stock: number, quantity: number): number {
  return sumOfPrices(stock - quantity + 1, quantity);
}

/** What the keeper pays for `quantity` pieces one after another, less with each. */
export function proceeds(stock: number, quantity: number): number {
  return sumOfPrices(stock + 1, quantity);
}

/** Only the first pieces cost more than one, so a huge quantity costs no loop. */
function sumOfPrices(first: number, quantity: number): number {
  let sum = quantity;
  for (let stock = Math.max(first, 0); stock < Math.min(first + quantity, DEAREST); stock++) sum += price(stock) - 1;
  return sum;
}

/**
 * What both have after `quantity` went from the first to the second; their sum stays.
 * @throws Refusal when the first has less than that, or the quantity is 0
 */
export function moveBetween(from: number, to: number, quantity: number): [left: number, right: number] {
  if (quantity === 0) throw new Refusal('quantity must be at least 1');
  if (quantity > from) throw new Refusal(`there are only ${from}, not ${quantity}`);
  if (to + quantity > MOST) throw new Refusal('nobody can hold so much');
  return [from - quantity, to + quantity];
}

/** @throws Refusal when pieces or gold are missing, or the price is above `most` */
export function purchase(keeper: Purse, customer: Purse, quantity: number, most: number): Bargain {
  if (quantity > keeper.pieces) throw new Refusal(`the stall has ${keeper.pieces}, not ${quantity}`);
  const [stock, bought] = moveBetween(keeper.pieces, customer.pieces, quantity);
  const paid = cost(keeper.pieces, quantity);
  if (paid > most) throw new Refusal(`that costs ${paid} gold, more than ${most}`);
  const [left, earned] = moveBetween(customer.gold, keeper.gold, paid);
  return { paid, keeper: { gold: earned, pieces: stock }, customer: { gold: left, pieces: bought } };
}

/** @throws Refusal when pieces or gold are missing, or the price is below `least` */
export function sale(keeper: Purse, customer: Purse, quantity: number, least: number): Bargain {
  const [left, stock] = moveBetween(customer.pieces, keeper.pieces, quantity);
  const paid = proceeds(keeper.pieces, quantity);
  if (paid < least) throw new Refusal(`that brings ${paid} gold, less than ${least}`);
  const [spent, earned] = moveBetween(keeper.gold, customer.gold, paid);
  return { paid, keeper: { gold: spent, pieces: stock }, customer: { gold: earned, pieces: left } };
}
