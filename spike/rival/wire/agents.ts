import { NOBODY } from '../../client/world-constants.ts';
import { ROUTINES, type Agent } from '../world/rows.ts';

const ROW_BYTES = 11;
/** `NOBODY` in 16 bits. */
const NO_ROUTE = 0xffff;

/**
 * Columns in place of rows, 11 bytes for an agent; ids are below 2^32, and places, routes and steps below 2^16: typed arrays are written and read without a call for each field.
 * msgpackr, which packs the rest of a frame, would name or count each field of each row. The bytes are in the machine's
 * own order, which is little-endian on every platform that this project runs on.
 */
export function packAgents(agents: readonly Agent[]): Buffer {
  const count = agents.length;
  const buffer = new ArrayBuffer(count * ROW_BYTES);
  const { ids, places, routes, steps, routines } = columns(buffer, count);
  agents.forEach((agent, index) => {
    ids[index] = agent.id;
    places[index] = agent.place;
    routes[index] = agent.route === NOBODY ? NO_ROUTE : agent.route;
    steps[index] = agent.step;
    routines[index] = ROUTINES.indexOf(agent.routine);
  });
  return Buffer.from(buffer);
}

/** @throws RangeError when the bytes do not hold whole agents */
export function unpackAgents(bytes: Uint8Array): Agent[] {
  const count = bytes.byteLength / ROW_BYTES;
  if (!Number.isInteger(count)) throw new RangeError(`${bytes.byteLength} bytes are not agents of ${ROW_BYTES} bytes`);
  // A typed array must start at a multiple of its width, and a message may lie anywhere in its buffer.
  const { ids, places, routes, steps, routines } = columns(Uint8Array.from(bytes).buffer, count);
  return Array.from({ length: count }, (_, index) => {
    const route = routes[index] ?? NO_ROUTE;
    return {
      id: ids[index] ?? 0,
      place: places[index] ?? 0,
      routine: ROUTINES[routines[index] ?? 0] ?? 'Rest',
      route: route === NO_ROUTE ? NOBODY : route,
      step: steps[index] ?? 0,
    };
  });
}

function columns(buffer: ArrayBuffer, count: number) {
  return {
    ids: new Uint32Array(buffer, 0, count),
    places: new Uint16Array(buffer, 4 * count, count),
    routes: new Uint16Array(buffer, 6 * count, count),
    steps: new Uint16Array(buffer, 8 * count, count),
    routines: new Uint8Array(buffer, 10 * count, count),
  };
}
