import { planned } from './harness/claim.ts';

planned('crash-loss', 'no run kills the host under load yet');
