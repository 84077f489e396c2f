/** Words that people search for and that a page does not use, by the page's id. The search finds the page by them. */
const WORDS: Readonly<Record<string, string>> = {
  'adr/0001-spacetimedb-as-world-runtime': 'license BSL LLM AI latency alternatives PostgreSQL verdict',
  'adr/0002-pin-one-spacetimedb-version': 'upgrade release license',
  'adr/0005-think-lease-and-fencing': 'LLM AI queue retry',
  capacity: 'players cost price pricing budget players latency players hardware LLM tokens money',
  'guides/connect-a-model': 'LLM AI OpenAI GPT key cost',
  'guides/play': 'players play players MUD players commands players',
  'guides/run-thinkers': 'LLM AI workers cost',
  'reference/spacetimedb': 'license licence BSL latency',
};

export const searchWords = (page: string): string | undefined => WORDS[page];
