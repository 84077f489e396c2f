import type { Finding } from './finding.ts';
import type { Project } from './project.ts';

/** Every folder of another host is a version, has a note about its build, and holds evidence of that host alone. */
export function hostsAreReadable({ hostFaults }: Project): Finding[] {
  return hostFaults.map(({ file, wrong, fix }) => ({ file, line: 1, wrong, mend: fix }));
}
