import { onClosedOutput } from '../client/closed-output.ts';
import { plainLines, plainText } from '../client/plain-text.ts';
import { lostReason } from './lost-reason.ts';
import { HELP, readOptions, type Options } from './options.ts';
import { Region } from './region.ts';
import { Relay } from './relay.ts';

const log = (line: string) => console.log(`${new Date().toISOString()} ${plainText(line)}`);

function run({ regions, waitMs }: Options): void {
  const relay = new Relay(
    regions.map(
      ({ url, database, tokens }) =>
        new Region({
          url,
          database,
          tokens,
          onStatus(status) {
            if (status.state === 'live') log(`${database}: live as ${status.identity}`);
            if (status.state === 'lost') log(`${database}: lost (${lostReason(status.reason)})`);
          },
        }),
    ),
    { waitMs, log },
  );
  const end = () => {
    relay.close();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, end);
  onClosedOutput(end, { goesOnWithoutLog: true });
}

let options: Options | undefined;
try {
  options = readOptions(process.argv.slice(2), process.env);
} catch (error) {
  console.error(plainLines(error instanceof Error ? error.message : String(error)));
  process.exit(2);
}
if (options) run(options);
else console.log(HELP);
