import { availableParallelism, loadavg } from 'node:os';
import { mode } from '../harness/provenance.ts';
import { NotMeasured } from '../harness/not-measured.ts';

/** Just after another experiment the load is about one for each core; more than twice that is somebody else's work. */
const MOST_A_CORE = 2;

/**
 * For a comparison of programs on the same cores, which other work would decide instead of the programs.
 * @throws NotMeasured in a full run on a machine that has other work
 */
export function requireQuietMachine(): void {
  const [load = 0] = loadavg();
  const cores = availableParallelism();
  if (mode === 'full' && load > MOST_A_CORE * cores)
    throw new NotMeasured(`the load was ${load.toFixed(1)} on ${cores} cores: measure it on an idle machine`);
}
