import { planned } from './harness/claim.ts';

planned('mind-private', "no stranger's wire is recorded yet");
