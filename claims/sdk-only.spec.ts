import { planned } from './harness/claim.ts';

planned('sdk-only', 'there are two kinds of client so far, of four');
