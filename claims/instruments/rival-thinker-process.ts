/** A thinker of the game server that answers at once: `node rival-thinker-process.ts URL`. Says when it is connected. */
import { RivalThinker } from './rival-thinker.ts';

process.on('disconnect', () => process.exit());
await RivalThinker.react(process.argv[2] ?? '');
process.send?.('thinking');
