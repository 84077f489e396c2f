import type { Account, Api } from '../host/api.ts';
import type { Region } from './region.ts';

/** A region whose host answers. */
export interface AnsweringRegion {
  region: Region;
  api: Api;
  owner: Account;
}

type Row = Record<string, unknown>;

/**
 * Raises the epoch of each region that counts its journeys from an older copy of itself: fewer than another region has
 * received from it. Its numbers would come twice otherwise. Call it before anybody can set out.
 * @param say receives a line for each region that was raised
 */
export async function raiseEpochs(all: AnsweringRegion[], say: (line: string) => void): Promise<void> {
  for (const { region, api, owner } of all) {
    const [own] = await api.sql(region.database, 'SELECT * FROM region', owner);
    if (!own) continue;
    const others = all.filter((each) => each.region !== region);
    const known = await Promise.all(
      others.map((other) =>
        other.api.sql(other.region.database, `SELECT * FROM peer WHERE region = ${region.number}`, other.owner),
      ),
    );
    const epoch = epochFor(own, known.flat());
    if (epoch === undefined) continue;
    await api.call(region.database, 'raise_epoch', [epoch], owner);
    say(`${region.name} is an older copy of itself than others have met: its epoch is ${epoch} now`);
  }
}

/**
 * The epoch that a region needs, by the rule of the world module (`spike/world/src/borders/greeting.rs`).
 * @param known what each other region knows of it
 * @returns undefined when it is not behind
 */
export function epochFor(own: Row, known: Row[]): number | undefined {
  const [epoch, next] = [Number(own['epoch']), nextNumber(own)];
  const isBehind = known.some((peer) => epoch < Number(peer['epoch']) || next <= Number(peer['arrivals']));
  return isBehind ? Math.max(epoch, ...known.map((peer) => Number(peer['epoch']))) + 1 : undefined;
}

/** The number of the next journey: 8 bits of region, 12 of epoch, 33 of count, exact in a JavaScript number. */
function nextNumber({ number, epoch, departures }: Row): number {
  return Number(number) * 2 ** 45 + Number(epoch) * 2 ** 33 + Number(departures) + 1;
}
