import { planned } from './harness/claim.ts';

planned('think-validated', 'the set of actions is not complete yet');
