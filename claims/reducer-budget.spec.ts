import { planned } from './harness/claim.ts';

planned('reducer-budget', 'the world has no ordinary reducers of players yet');
