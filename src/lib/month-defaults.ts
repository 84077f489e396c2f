import type { Assumptions, MonthCost } from './month-cost.ts';

/** Where a default that nobody measured comes from. */
export interface Source {
  /** `set` is a setting of our own world. */
  kind: 'cited' | 'assumed' | 'set';
  /** What was read there, or why this value. */
  words: string;
  url?: string;
}

/** One input of the calculator: its value is given here with a source, or a claim measures it. */
export interface Default {
  name: keyof Assumptions;
  label: string;
  unit: string;
  given?: { value: number; source: Source };
  /** The figure of evidence, `claim#figure`; a claim alone stands for its first figure in that unit. */
  measured?: string;
}

const LUNA: Source = {
  kind: 'cited',
  words: 'OpenAI’s price for GPT-6 Luna, in release notes of 22 September 2026',
  url: 'https://github.com/merefield/codexometer/releases/tag/v0.18.4',
};

/** In the order of the table. */
export const DEFAULTS: Default[] = [
  {
    name: 'thinkers',
    label: 'Agents that think',
    unit: '',
    given: { value: 1_000, source: { kind: 'assumed', words: 'a tenth of a world of 10,000' } },
  },
  {
    name: 'thoughtsPerHour',
    label: 'Thoughts of one agent',
    unit: 'in an hour',
    given: {
      value: 6,
      source: { kind: 'assumed', words: 'far fewer than in a newly founded world, where an agent reflects every 40 s' },
    },
  },
  {
    name: 'cap',
    label: 'Cap on calls, of all minds together',
    unit: 'in a minute',
    given: { value: 600, source: { kind: 'set', words: 'a new world has this cap, and its owner may change it' } },
  },
  { name: 'promptTokens', label: 'Prompt', unit: 'in tokens', measured: 'thought-tokens#prompt.p50' },
  { name: 'answerTokens', label: 'Answer', unit: 'in tokens', measured: 'thought-tokens#answer.p50' },
  { name: 'inputPrice', label: 'A million tokens of prompt', unit: 'in $', given: { value: 0.1, source: LUNA } },
  { name: 'outputPrice', label: 'A million tokens of answer', unit: 'in $', given: { value: 0.5, source: LUNA } },
  {
    name: 'machinePrice',
    label: 'Machine',
    unit: 'in $ an hour',
    given: {
      value: 0.2016,
      source: {
        kind: 'cited',
        words:
          'Amazon’s m7i.xlarge (4 virtual cores, 16 GiB; not run by us), in a comparison of 2026; read on 26 November 2026',
        url: 'https://c3x.dev/blog/m5-vs-m6i-vs-m7i-cost-performance',
      },
    },
  },
  { name: 'diskPerDay', label: 'Growth of the log', unit: 'in GB a day', measured: 'log-growth' },
  {
    name: 'daysKept',
    label: 'Log kept on the disk',
    unit: 'in days',
    given: { value: 30, source: { kind: 'assumed', words: 'old segments are deleted by hand once a month' } },
  },
  {
    name: 'diskPrice',
    label: 'A gigabyte of disk',
    unit: 'in $ a month',
    given: {
      value: 0.1,
      source: {
        kind: 'assumed',
        words: 'near the EUR 0.094 in an example of Amazon’s price list; read on 26 November 2026',
        url: 'https://aws.eu/ebs/pricing',
      },
    },
  },
];

/** Memory of the machine whose price is the default. */
export const MACHINE_GIB = 16;

/** What else a thought could cost: dollars for a million tokens of prompt and of answer. */
export const MODELS = [
  { model: 'GPT-6 Luna', inputPrice: 0.1, outputPrice: 0.5, source: LUNA },
  {
    model: 'Claude Haiku 4.5',
    inputPrice: 1,
    outputPrice: 5,
    source: {
      kind: 'cited',
      words: 'Deploybase, as of 21 March 2026',
      url: 'https://deploybase.ai/articles/claude-api-pricing',
    },
  },
  {
    model: 'GPT-6 Sol',
    inputPrice: 2,
    outputPrice: 10,
    source: { ...LUNA, words: 'OpenAI’s price, in the same notes' },
  },
] satisfies { model: string; inputPrice: number; outputPrice: number; source: Source }[];

/** The rows of the result. */
export const RESULTS: { name: keyof MonthCost; label: string }[] = [
  { name: 'thoughts', label: 'Thoughts' },
  { name: 'model', label: 'Model' },
  { name: 'machine', label: 'Machine' },
  { name: 'disk', label: 'Disk' },
  { name: 'total', label: 'In all, as far as it is known' },
  { name: 'modelAtCap', label: 'Model, if minds always think as often as the cap allows' },
];
