import type { Finding } from '../read/finding.ts';
import type { Project } from '../read/project.ts';

/** Every folder of another host is a version, has a note about its build, and holds evidence of that host alone. */
export function hostsAreReadable({ hostFaults }: Project): Finding[] {
  return hostFaults.map(({ file, wrong, fix }) => ({ file, line: 1, wrong, mend: fix }));
}
