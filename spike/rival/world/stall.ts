import { GOLD } from '../../client/world-constants.ts';
import type { Change } from './change.ts';
import { DEAREST, price, purchase, sale, type Bargain, type Purse } from './price.ts';
import { Refusal } from './refusal.ts';
import type { Agent } from './rows.ts';
import type { World } from './state.ts';

/** The keeper of an open stall: it is open while its keeper is there. */
export function keeperOf(world: World, place: number): number | undefined {
  const keeper = world.geography.keepers.get(place);
  return keeper !== undefined && world.agents[keeper]?.place === place ? keeper : undefined;
}

/**
 * Buys from the stall where the customer is, for at most `most` gold.
 * @returns what was paid
 * @throws Refusal
 */
export function buy(change: Change, customer: Agent, good: number, quantity: number, most: number): number {
  return trade(change, customer, good, (keeper, own) => purchase(keeper, own, quantity, most));
}

/**
 * Sells to the stall where the customer is, for at least `least` gold.
 * @returns what was paid
 * @throws Refusal
 */
export function sell(change: Change, customer: Agent, good: number, quantity: number, least: number): number {
  return trade(change, customer, good, (keeper, own) => sale(keeper, own, quantity, least));
}

/**
 * A trader's turn: sells one piece of what it carries, or else buys one of what the stall has most of. Where the one who
 * would have to pay cannot, nothing happens.
 */
export function bargain(change: Change, keeper: number, trader: number): void {
  const { world } = change;
  const carried = wares(world, trader)[0];
  const good = carried ?? mostOf(world, keeper);
  if (good === undefined) return;
  const [stall, own] = [purse(world, keeper, good), purse(world, trader, good)];
  if (carried === undefined) {
    if (own.gold >= price(stall.pieces)) settle(change, good, keeper, trader, purchase(stall, own, 1, DEAREST));
  } else if (stall.gold >= price(stall.pieces + 1)) settle(change, good, keeper, trader, sale(stall, own, 1, 0));
}

function trade(
  change: Change,
  { id, place }: Agent,
  good: number,
  deal: (keeper: Purse, own: Purse) => Bargain,
): number {
  const { world } = change;
  if (!world.geography.keepers.has(place)) throw new Refusal('there is no stall here');
  const keeper = keeperOf(world, place);
  if (keeper === undefined) throw new Refusal('the keeper of the stall is away');
  if (keeper === id) throw new Refusal('a keeper does not trade at their own stall');
  if (good === GOLD) throw new Refusal('gold cannot be bought or sold');
  const bargain = deal(purse(world, keeper, good), purse(world, id, good));
  settle(change, good, keeper, id, bargain);
  return bargain.paid;
}

function settle(change: Change, good: number, keeper: number, customer: number, bargain: Bargain): void {
  change.setHolding(keeper, GOLD, bargain.keeper.gold);
  change.setHolding(keeper, good, bargain.keeper.pieces);
  change.setHolding(customer, GOLD, bargain.customer.gold);
  change.setHolding(customer, good, bargain.customer.pieces);
}

function purse({ purses }: World, holder: number, good: number): Purse {
  return { gold: purses.get(holder, GOLD), pieces: purses.get(holder, good) };
}

/** What somebody holds that can be traded for gold. */
function wares({ geography, purses }: World, holder: number): number[] {
  const goods: number[] = [];
  for (let good = GOLD + 1; good < geography.goods.length; good++) if (purses.get(holder, good) > 0) goods.push(good);
  return goods;
}

function mostOf(world: World, holder: number): number | undefined {
  const stock = (good: number) => world.purses.get(holder, good);
  return wares(world, holder).reduce<number | undefined>(
    (most, good) => (most === undefined || stock(good) >= stock(most) ? good : most),
    undefined,
  );
}
