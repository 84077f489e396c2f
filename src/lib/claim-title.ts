/** What a claim is about, in a few words: its id says it only to those who wrote it. */
const TITLES: Readonly<Record<string, string>> = {
  audience: 'Watchers see a tick in time',
  'border-once': 'Nobody is doubled or lost at a border',
  'border-restored': 'What a restored region does to travellers',
  'border-time': 'How long a border takes',
  'clock-guard': 'Nobody can forge a tick',
  'crash-loss': 'What a killed host loses',
  'disk-full': 'A full disk stops the world safely',
  'edit-loop': 'How soon a changed rule is heard',
  'interval-drift': 'Interval schedules drift',
  'lazy-start': 'A restarted world ticks at once',
  'log-growth': 'How fast the log grows',
  'memory-bounded': 'Old events leave memory',
  'mind-private': 'Minds stay private',
  'one-module': 'One module makes every change',
  pinned: 'One version everywhere',
  'power-loss': 'What a power cut loses',
  'real-model': 'A language model next to the clock',
  'reducer-budget': 'No reducer holds the writer for long',
  'regions-scale': 'What a split by region gains',
  restored: 'A copy restores the world',
  'rival-exit': 'The same world on PostgreSQL: a world moves there',
  'rival-live': 'The same world on PostgreSQL: live updates',
  'rival-loss': 'The same world on PostgreSQL: what a kill costs',
  'rival-shown': 'The same world on PostgreSQL: what watchers saw stays',
  'rival-size': 'The same world on PostgreSQL: our own code',
  'rival-think': 'The same world on PostgreSQL: thoughts',
  'sdk-only': 'Tables and reducers are the whole API',
  'self-hosted': 'It runs without a network',
  'think-nonblocking': 'The clock never waits for a mind',
  'think-once': 'A thought acts once',
  'think-roundtrip': 'What the world adds to a thought',
  'think-validated': 'A bad mind cannot break the world',
  'thought-tokens': 'How many tokens a thought takes',
  'tick-cadence': 'The clock keeps time',
  'tick-capacity': 'How many agents can act in a tick',
  'tick-scale': 'Idle agents cost nothing',
  'torn-log': 'A damaged log never opens a broken world',
};

/** The title of a claim's page; a claim without one shows its id as words. */
export function claimTitle(id: string): string {
  return TITLES[id] ?? id.charAt(0).toUpperCase() + id.slice(1).replaceAll('-', ' ');
}

/** Whether somebody has given the claim a title. */
export const hasTitle = (id: string): boolean => id in TITLES;
