import { planned } from './harness/claim.ts';

planned('one-module', 'no raw client has tried every illegal act yet');
