import type { Change } from '../change.ts';
import { end } from './ending.ts';
import { expire } from './retry.ts';

/** Rows that one run handles. A thousand leases that end together must not hold the clock together. */
const MAX_REAPED = 200;

/** Ends leases and deadlines that have passed, and removes what ended a while ago. Running it twice changes nothing more. */
export function reap(change: Change): void {
  const { world, now } = change;
  const due = [...world.open.values(), ...world.ended.values()].filter(({ reapAt }) => reapAt <= now);
  for (const row of due.slice(0, MAX_REAPED)) {
    if (row.state === 'Pending' || row.state === 'Leased') {
      if (row.deadline <= now) end(change, row, 'Expired', 0, 'the deadline passed');
      else if (row.state === 'Leased') expire(change, row);
      continue;
    }
    const agent = world.agents[row.agent];
    if (row.state !== 'Done' && agent) change.addEvent(agent, { asker: row.asker, request: row.id }, 'no_answer');
    change.forgetRequest(row.id);
  }
}
