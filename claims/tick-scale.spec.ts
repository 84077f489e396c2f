import { planned } from './harness/claim.ts';

planned('tick-scale', 'the fast path has one routine so far');
