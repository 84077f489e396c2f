import { planned } from './harness/claim.ts';

planned('think-once', 'the races and crashes that could double a thought are not driven yet');
