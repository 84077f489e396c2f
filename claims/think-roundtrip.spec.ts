import { planned } from './harness/claim.ts';

planned('think-roundtrip', 'the thinker serves only embedded rules so far');
