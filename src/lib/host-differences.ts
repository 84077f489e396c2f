/** Why two hosts differ in a claim, in our words. What nobody has shown is called unknown. */
export interface Difference {
  claim: string;
  /** The version of the other host. */
  host: string;
  text: string;
  /** Where the cause can be read. */
  source: { label: string; url: string };
}

const SOURCE = 'https://github.com/clockworklabs/SpacetimeDB';

export const DIFFERENCES: readonly Difference[] = [
  {
    claim: 'interval-drift',
    host: '2.8.3',
    text: 'The claim states a fault of the pinned host, and 2.8.3 has repaired it: 2.8.3 counts the next run from the intended time of this one, and 1.2.0 counts it from the end of this run.',
    source: { label: 'pull request #5735', url: `${SOURCE}/pull/5735` },
  },
  {
    claim: 'crash-loss',
    host: '2.8.3',
    text: '2.8.3 syncs its log after each batch, and 1.2.0 every 500 ms, so a kill of 2.8.3 finds less that is not yet written. There were ten kills of each host: one of 1.2.0 and two of 2.8.3 lost anything.',
    source: { label: 'pull request #4404', url: `${SOURCE}/pull/4404` },
  },
  {
    claim: 'think-roundtrip',
    host: '2.8.3',
    text: 'Calls take longer on 2.8.3. That it syncs its log after each batch is the likely cause, but this run does not separate it from other differences between the versions.',
    source: { label: 'pull request #4404', url: `${SOURCE}/pull/4404` },
  },
  {
    claim: 'think-nonblocking',
    host: '2.8.3',
    text: 'The thinking is not the cause: without it the clock of 1.2.0 was just as late in this run (p50 2.5 ms, against 1.6 ms on 2.8.3). In think-roundtrip 2.8.3 was the later one. The cause is unknown.',
    source: {
      label: 'the baselines of both runs',
      url: '/evidence/hosts/2.8.3/pinned/think-nonblocking.json',
    },
  },
  {
    claim: 'reducer-budget',
    host: '2.8.3',
    text: 'One of the three rounds on 1.2.0 had a few slow ticks (p99 4.3 ms, against at most 1.0 ms in the other two). The cause is unknown.',
    source: { label: 'the rounds of that run', url: '/evidence/hosts/2.8.3/pinned/reducer-budget.json' },
  },
];
