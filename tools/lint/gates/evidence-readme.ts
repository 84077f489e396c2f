import { isReadmeCurrent, README } from '../../evidence/readme.ts';
import type { Finding } from '../read/finding.ts';

/** The generated list of evidence says what evidence and records say. Unreadable evidence is another gate's finding. */
export const readmeIsCurrent = (root: string) => (): Finding[] => {
  try {
    if (isReadmeCurrent(root)) return [];
  } catch {
    return [];
  }
  return [{ file: README, line: 1, wrong: 'is out of date', mend: 'run `npm run lint:claims -- --fix`' }];
};
