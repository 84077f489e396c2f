import { planned } from './harness/claim.ts';

planned('lazy-start', 'the restarts are tested, but not measured yet');
