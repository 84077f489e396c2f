import { z } from 'zod';
import { Action } from '../world/action.ts';
import type { Change } from '../world/change.ts';
import type { Role } from '../world/rows.ts';
import { act, ask, join } from '../world/player.ts';
import { Refusal } from '../world/refusal.ts';
import { holdingsOf, snapshot, type World } from '../world/state.ts';
import { lease, renew, submit } from '../world/think/lease.ts';
import { reflect } from '../world/think/opening.ts';
import { giveBack } from '../world/think/retry.ts';
import { pause, resume, setTempo } from '../world/tick.ts';
import { OWNER } from './token.ts';

const count = z.int().min(0).max(4_294_967_295);
const id = z.int().min(0);
const Cause = z.union([z.strictObject({ Refused: z.tuple([]) }), z.strictObject({ Unavailable: z.tuple([]) })]);
const RoleName = z.enum(['Owner', 'Thinker', 'Archivist', 'Player']);
const ModeName = z.enum(['Normal', 'Slow', 'Stopped']);

type Run = (change: Change, caller: string, args: readonly unknown[]) => unknown;

/** The commands by name. They and their arguments are those of the contract's reducers; identities are plain text. */
const COMMANDS = new Map<string, Run>([
  ['join', taking(z.tuple([z.string()]), (change, caller, [name]) => join(change, caller, name))],
  ['act', taking(z.tuple([Action]), (change, caller, [action]) => act(change, caller, action))],
  [
    'ask',
    taking(z.tuple([count, z.string()]), (change, caller, [agent, question]) => ask(change, caller, agent, question)),
  ],
  [
    'lease',
    thinkers('lease a think request', z.tuple([count]), (change, caller, [most]) => lease(change, caller, most)),
  ],
  [
    'submit',
    thinkers('submit a thought', z.tuple([id, id, Action]), (change, caller, [request, epoch, action]) =>
      submit(change, caller, request, epoch, action),
    ),
  ],
  [
    'renew',
    thinkers('renew a lease', z.tuple([id, id]), (change, caller, [request, epoch]) =>
      renew(change, caller, request, epoch),
    ),
  ],
  [
    'give_back',
    thinkers(
      'give a think request back',
      z.tuple([id, id, Cause, z.string(), count]),
      (change, caller, [request, leaseEpoch, given, reason, waitMs]) => {
        const cause = 'Refused' in given ? 'Refused' : 'Unavailable';
        giveBack(change, caller, { request, leaseEpoch }, { cause, reason, wait: waitMs * 1_000 });
      },
    ),
  ],
  ['grant_role', owners('grant a role', z.tuple([z.string(), RoleName]), grantRole)],
  ['pause_clock', owners('pause the clock', z.tuple([]), (change) => pause(change, ''))],
  [
    'pause_clock_for',
    owners('pause the clock', z.tuple([z.string().min(1)]), (change, _, [why]) => pause(change, why)),
  ],
  ['resume_clock', owners('resume the clock', z.tuple([]), resume)],
  [
    'set_tempo',
    owners('set the tempo', z.tuple([count, count, count]), (change, _, [periodMs, actEvery, reflectEvery]) =>
      setTempo(change, periodMs, actEvery, reflectEvery),
    ),
  ],
  [
    'set_mind_policy',
    owners('set the mind policy', z.tuple([ModeName, count]), (change, _, [mode, callsPerMinute]) =>
      change.setPolicy({ mode, callsPerMinute }),
    ),
  ],
  ['snapshot', owners('read everything', z.tuple([]), ({ world }) => snapshot(world))],
]);

/** What experiments need besides; only a server with `--lab` knows them. */
const LAB_COMMANDS = new Map<string, Run>([
  [
    'lab_fill',
    owners('fill the purses', z.tuple([count]), (change, _, [quantity]) => {
      for (const { holder, good } of holdingsOf(change.world)) change.setHolding(holder, good, quantity);
    }),
  ],
  [
    'lab_ask',
    owners('ask in bulk', z.tuple([count]), (change, _, [most]) => {
      for (const agent of change.world.agents.slice(0, most))
        if (agent.routine !== 'PlayerControlled') reflect(change, agent);
    }),
  ],
]);

/**
 * Runs a command inside a change.
 * @returns what only its caller receives
 * @throws Refusal when there is no such command, its arguments have another shape, or the world forbids it
 */
export function run(change: Change, caller: string, name: string, args: readonly unknown[], lab: boolean): unknown {
  const command = COMMANDS.get(name) ?? (lab ? LAB_COMMANDS.get(name) : undefined);
  if (!command) throw new Refusal(`there is no command "${name}"`);
  return command(change, caller, args);
}

export function roleOf({ roles }: World, identity: string): Role | undefined {
  return identity === OWNER ? 'Owner' : roles.get(identity);
}

function grantRole(change: Change, caller: string, [identity, role]: [string, Role]): void {
  if (identity === caller) throw new Refusal('an owner cannot change their own role');
  change.setRole({ identity, role });
}

function thinkers<Args>(
  what: string,
  shape: z.ZodType<Args>,
  run: (change: Change, caller: string, args: Args) => unknown,
): Run {
  return reservedFor('Thinker', what, taking(shape, run));
}

function owners<Args>(
  what: string,
  shape: z.ZodType<Args>,
  run: (change: Change, caller: string, args: Args) => unknown,
): Run {
  return reservedFor('Owner', what, taking(shape, run));
}

function reservedFor(role: Role, what: string, run: Run): Run {
  return (change, caller, args) => {
    if (roleOf(change.world, caller) !== role) throw new Refusal(`only the role ${role} may ${what}`);
    return run(change, caller, args);
  };
}

function taking<Args>(shape: z.ZodType<Args>, run: (change: Change, caller: string, args: Args) => unknown): Run {
  return (change, caller, args) => {
    const parsed = shape.safeParse(args);
    if (!parsed.success) throw new Refusal(`the arguments have the wrong shape: ${z.prettifyError(parsed.error)}`);
    return run(change, caller, parsed.data);
  };
}
