import { z } from 'zod';

/** How late a 10 ms timer in a separate process was. */
export const Pulse = z.strictObject({ p99Ms: z.number(), maxMs: z.number() });
export type Pulse = z.infer<typeof Pulse>;

/** One-minute load average before and after the run, and the heartbeat while the experiment ran. */
const Load = {
  before: z.number(),
  after: z.number(),
  heartbeatP99Ms: z.number(),
  heartbeatMaxMs: z.number(),
};
const Origin = {
  host: z.string(),
  sdk: z.string(),
  modules: z.strictObject({ production: z.string(), lab: z.string() }),
  commit: z.string(),
  dirty: z.boolean(),
  cpu: z.string(),
  cores: z.int().positive(),
  memoryGiB: z.number(),
  os: z.string(),
  node: z.string(),
  startedAt: z.iso.datetime(),
  seconds: z.number(),
  mode: z.enum(['quick', 'full']),
  command: z.string(),
};
export const Provenance = z.strictObject({
  ...Origin,
  load: z.strictObject({
    ...Load,
    /** The heartbeat while the experiment idled. Only this load, which it did not cause, makes a run inconclusive. */
    idle: z.strictObject({ before: Pulse, after: Pulse }),
  }),
});
/** The form of schema 1. */
export const Provenance1 = z.strictObject({ ...Origin, load: z.strictObject(Load) });
type Idle = z.infer<typeof Provenance>['load']['idle'];

/** Schema 1 did not measure the load of the idle experiment. */
export type Provenance = Omit<z.infer<typeof Provenance>, 'load'> & {
  load: z.infer<typeof Provenance1>['load'] & { idle?: Idle };
};
