import type {
  Agent,
  DbConnection,
  Holding,
  MindPolicy,
  Route,
  ThinkSummary,
  TickLog,
  WorldEvent,
} from '../../spike/client/bindings/index.ts';
import type { News } from './news.ts';

/** Tells all that a connection holds, as news of a world that nobody has heard of. */
export function tellAll({ db }: DbConnection, tell: (news: News) => void): void {
  const [world] = db.world.iter();
  if (!world) return;
  const places = [...db.place.iter()].sort((a, b) => a.id - b.id);
  const exits = [...db.exit.iter()].sort((a, b) => a.id - b.id);
  tell({
    kind: 'world',
    name: world.name,
    start: world.newcomerPlace,
    places: places.map(({ id, name, description }) => ({ id, name, description })),
    exits: exits.map(({ from, direction, to }) => ({ from, direction, to })),
  });
  for (const { id, name } of db.good.iter()) tell({ kind: 'good', id, name });
  for (const { id, name } of db.agentProfile.iter()) tell({ kind: 'name', agent: id, name });
  for (const row of db.agent.iter())
    for (const news of [agentOf(row), routineOf(row, db.route.id.find(row.route))]) tell(news);
  for (const row of db.holding.iter()) tell(holdingOf(row));
  for (const row of [...db.tickLog.iter()].map(tickOf).sort((a, b) => a.tick - b.tick)) tell(row);
  for (const row of db.thinkSummary.iter()) tell(queueOf(row));
  for (const row of db.mindPolicy.iter()) tell(mindsOf(row));
  for (const { reason } of db.pauseNotice.iter()) tell({ kind: 'pause', reason });
  for (const row of [...db.event.iter()].map(eventOf).sort((a, b) => a.event.id - b.event.id)) tell(row);
}

export const agentOf = ({ id, place, step }: Agent) => ({ kind: 'agent' as const, id, place, step });

export const routineOf = ({ id, routine }: Agent, route: Route | undefined) => ({
  kind: 'routine' as const,
  agent: id,
  routine: routine.tag,
  stops: route?.stops ?? [],
});

export const holdingOf = ({ holder, good, quantity }: Holding) => ({
  kind: 'holding' as const,
  holder,
  good,
  quantity,
});

export const mindsOf = ({ mode, callsPerMinute }: MindPolicy) => ({
  kind: 'minds' as const,
  mode: mode.tag,
  callsPerMinute,
});

export const tickOf = ({ tick, started, latenessUs, skipped }: TickLog) => ({
  kind: 'tick' as const,
  tick: Number(tick),
  atMs: millis(started),
  latenessMs: Number(latenessUs) / 1_000,
  skipped: Number(skipped),
});

export const queueOf = ({ pending, leased, done, dead, expired, oldestAgeUs, callsLeft }: ThinkSummary) => ({
  kind: 'queue' as const,
  pending: Number(pending),
  leased: Number(leased),
  done: Number(done),
  dead: Number(dead),
  expired: Number(expired),
  oldestAgeMs: Number(oldestAgeUs) / 1_000,
  callsLeft,
});

export const eventOf = ({ id, at, request, tick: _, ...facts }: WorldEvent) => ({
  kind: 'event' as const,
  event: { ...facts, id: Number(id), atMs: millis(at), request: Number(request) },
});

/** The fractions of a millisecond are left out: nobody sees them. */
function millis(moment: { __timestamp_micros_since_unix_epoch__: bigint }): number {
  return Number(moment.__timestamp_micros_since_unix_epoch__ / 1_000n);
}
