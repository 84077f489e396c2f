/**
 * A relay with a broken rule, for the control: a traveller lives beyond the border as soon as the other region has
 * accepted them, and every row counts as durable as soon as it is visible. Takes the options of `npm run relay`.
 */
import { readOptions } from '../../spike/relay/options.ts';
import { Region } from '../../spike/relay/region.ts';
import { Relay } from '../../spike/relay/relay.ts';
import { nextStep, type Journey, type Step } from '../../spike/relay/step.ts';

const options = readOptions(process.argv.slice(2), process.env);
if (options)
  new Relay(
    options.regions.map((region) => new Region(region)),
    { waitMs: 0, log: (line) => console.log(line), step: onAccept },
  );

function onAccept(journey: Journey): Step | undefined {
  if (journey.arrival?.state.tag === 'Pending') return { at: 'arrival', call: 'activate' };
  return nextStep({ ...journey, ripe: { departure: true, arrival: true } });
}
