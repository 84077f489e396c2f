import { Packr } from 'msgpackr';
import type { Agent, WorldEvent } from '../world/rows.ts';
import { packAgents, unpackAgents } from './agents.ts';

/** What a subscriber gets first: the agents that it watches. */
export interface SnapshotFrame {
  readonly kind: 'snapshot';
  readonly tick: number;
  readonly agents: readonly Agent[];
}

/** What a tick changed for a subscriber. */
export interface TickFrame {
  readonly kind: 'tick';
  readonly tick: number;
  /** When the tick was due and when it began, in milliseconds since 1970. */
  readonly dueMs: number;
  readonly startedMs: number;
  /** Ticks that were left out just before this one, because the server was late. */
  readonly skipped: number;
  /** Those that changed, and those that came into the place that is watched. */
  readonly agents: readonly Agent[];
  /** The ids of those that left the place that is watched. */
  readonly left: readonly number[];
  readonly events: readonly WorldEvent[];
}

/** What an act between two ticks changed for a subscriber. */
export interface ActFrame {
  readonly kind: 'act';
  readonly agents: readonly Agent[];
  readonly left: readonly number[];
  readonly events: readonly WorldEvent[];
}

/** The outcome of a call. */
export interface AnswerFrame {
  readonly kind: 'answer';
  /** The number that the caller gave its call. */
  readonly call: number;
  /** Why the call was rejected; absent when it was not. */
  readonly error?: string;
  /** What the call returned, if anything. */
  readonly value?: unknown;
}

/** Anything else that a server tells a client by itself, such as requests to a thinker. */
export interface NoticeFrame {
  readonly kind: 'notice';
  readonly name: string;
  readonly value: unknown;
}

export type Frame = SnapshotFrame | TickFrame | ActFrame | AnswerFrame | NoticeFrame;

type WithAgents = SnapshotFrame | TickFrame | ActFrame;

export interface Subscribe {
  readonly kind: 'subscribe';
  /** Without it, everything. */
  readonly place?: number;
}

/** A command, such as a player's act. */
export interface Call {
  readonly kind: 'call';
  readonly call: number;
  readonly name: string;
  readonly args: readonly unknown[];
}

/** What a client sends. Who it is says the address that it connects to. */
export type Request = Subscribe | Call;

const packr = new Packr({ useRecords: false });

export function encode(frame: Frame): Buffer {
  return packr.pack('agents' in frame ? { ...frame, agents: packAgents(frame.agents) } : frame);
}

/** @throws Error when the bytes are not a frame */
export function decode(bytes: Uint8Array): Frame {
  const frame = packr.unpack(bytes) as Exclude<Frame, WithAgents> | (WithAgents & { agents: Uint8Array });
  return 'agents' in frame ? { ...frame, agents: unpackAgents(frame.agents) } : frame;
}

export function encodeRequest(request: Request): Buffer {
  return packr.pack(request);
}

/** @throws Error when the bytes are not a request. Its arguments are still unchecked. */
export function decodeRequest(bytes: Uint8Array): Request {
  return packr.unpack(bytes) as Request;
}
