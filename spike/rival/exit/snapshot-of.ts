import type { WorldExport } from '../../export/file/reader.ts';
import type { Rows } from '../../export/file/rows.ts';
import type { Delta } from '../world/delta.ts';
import type { Agent, Clock, EventKind, Micros, WorldEvent } from '../world/rows.ts';
import { exact } from './exact.ts';
import { requireFit } from './fit.ts';
import { thinkingOf } from './thinking-of.ts';

/**
 * An exported world as the first snapshot of a store. Identities keep their digits, so players and roles stay who they
 * are; nobody is online, and the role of a relay does not exist here.
 * @param now by the clock of the machine that loads it
 * @param paused whether the clock waits for the owner, whatever it did before
 * @throws Error when the game server cannot hold the world
 */
export function snapshotOf({ header, rows }: WorldExport, now: Micros, paused = false): Delta {
  requireFit(rows);
  const clock = clockOf(rows, { ...header.was, paused: paused || header.was.paused });
  const left = Math.max(clock.now, exact(header.exported_at) + exact(rows.clock_lead[0]?.lead_us ?? 0n));
  const { requests, contexts, stats } = thinkingOf(rows, Math.max(clock.now, now) - left);
  const profiles = new Map(rows.agent_profile.map((profile) => [profile.id, profile]));
  const [policy] = rows.mind_policy;
  return {
    sequence: 0,
    tick: clock.tick,
    clock,
    newcomers: rows.agent
      .map(({ id, place, routine, route, step }): Agent => ({ id, place, routine, route, step }))
      .sort((a, b) => a.id - b.id)
      .map((agent) => ({
        agent,
        name: profiles.get(agent.id)?.name ?? '',
        persona: profiles.get(agent.id)?.persona ?? '',
      })),
    agents: [],
    from: [],
    players: rows.player.map(({ identity, agent }) => ({ identity, agent, online: false })),
    roles: rows.role_grant.flatMap(({ identity, role }) => (role === 'Relay' ? [] : [{ identity, role }])),
    holdings: rows.holding.map(({ holder, good, quantity }) => ({ holder, good, quantity })),
    said: rows.said.map(({ place, lines }) => ({ place, lines })),
    events: rows.event.map(eventOf).sort((a, b) => a.id - b.id),
    requests,
    contexts,
    forgotten: [],
    stats,
    policy: policy && { mode: policy.mode, callsPerMinute: policy.calls_per_minute },
  };
}

function clockOf({ clock: [row] }: Rows, was: WorldExport['header']['was']): Clock {
  if (!row) throw new Error('the export holds no clock: it is not whole');
  const [tick, now, period] = [exact(row.tick), exact(row.now), exact(row.period_us)];
  return {
    tick,
    due: now,
    now,
    nextTick: tick + 1,
    nextDue: now + period,
    period,
    actEvery: row.act_every,
    reflectEvery: row.reflect_every,
    paused: was.paused,
    notice: was.notice,
    skipped: exact(row.skipped),
  };
}

function eventOf({ id, tick, at, request, kind, ...others }: Rows['event'][number]): WorldEvent {
  return {
    ...others,
    id: exact(id),
    tick: exact(tick),
    at: exact(at),
    request: exact(request),
    kind: kind as EventKind,
  };
}
