import { planned } from './harness/claim.ts';

planned('memory-bounded', 'the archivist is not written yet');
