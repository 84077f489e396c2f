import { schema, t, type SchemaType } from '@colyseus/schema';

/** What a tick may change of an agent, quantised: no field is wider than its values. */
export const AgentState = schema(
  { place: t.uint16(), step: t.uint16(), route: t.uint16(), routine: t.uint8() },
  'AgentState',
);
export type AgentState = SchemaType<typeof AgentState>;

/** Everybody sees everything: Colyseus encodes a change once for all. */
export const WholeState = schema({ tick: t.uint32(), dueMs: t.float64(), agents: t.map(AgentState) }, 'WholeState');
export type WholeState = SchemaType<typeof WholeState>;

/** Everybody sees what a view holds: Colyseus encodes a change once for each view. */
export const PlaceState = schema(
  { tick: t.uint32(), dueMs: t.float64(), agents: t.map(AgentState).view() },
  'PlaceState',
);
export type PlaceState = SchemaType<typeof PlaceState>;
