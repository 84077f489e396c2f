import { Packr } from 'msgpackr';
import { packAgents, unpackAgents } from '../wire/agents.ts';
import type { Delta } from '../world/delta.ts';
import type { Holding } from '../world/rows.ts';

const packr = new Packr({ useRecords: false, variableMapSize: true });

/** A delta as it is logged: agents and holdings by column, the rest as it is. */
interface Packed extends Omit<Delta, 'agents' | 'from' | 'holdings' | 'newcomers'> {
  readonly agents: Uint8Array;
  /** Holder, good and quantity, one after another. */
  readonly holdings: readonly number[];
  readonly bodies: Uint8Array;
  readonly names: readonly string[];
  readonly personas: readonly string[];
}

export function encodeDelta({ agents, from: _, holdings, newcomers, ...rest }: Delta): Buffer {
  const packed: Packed = {
    ...rest,
    agents: packAgents(agents),
    holdings: holdings.flatMap(({ holder, good, quantity }) => [holder, good, quantity]),
    bodies: packAgents(newcomers.map(({ agent }) => agent)),
    names: newcomers.map(({ name }) => name),
    personas: newcomers.map(({ persona }) => persona),
  };
  return packr.pack(packed);
}

/** The same delta, but for the places that agents left, which only watchers need. */
export function decodeDelta(bytes: Uint8Array): Delta {
  const { agents, holdings, bodies, names, personas, ...rest } = packr.unpack(bytes) as Packed;
  return {
    ...rest,
    agents: unpackAgents(agents),
    from: [],
    holdings: Array.from({ length: holdings.length / 3 }, (_, index): Holding => {
      const [holder = 0, good = 0, quantity = 0] = holdings.slice(3 * index, 3 * index + 3);
      return { holder, good, quantity };
    }),
    newcomers: unpackAgents(bodies).map((agent, index) => ({
      agent,
      name: names[index] ?? '',
      persona: personas[index] ?? '',
    })),
  };
}
