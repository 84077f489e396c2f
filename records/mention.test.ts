import { expect, test } from 'playwright/test';
import { parseMarkdown } from './markdown.ts';
import { byRisk, mentionsOf } from './mention.ts';

const RECORD = `# A title

## Decision Outcome

- It keeps time. [tick](../evidence/tick.json)

### Accepted risks

#### Single writer

- It is short. [budget](../evidence/budget.json)
- The clock shows it, at [2 ms](../evidence/tick.json#lateness.p99) and [3 ms](../evidence/tick.json#lateness.max).

### Further risks

- It starts. [lazy](../evidence/lazy.json)
`;

test('a mention knows the headings it stands under', () => {
  expect(mentionsOf(parseMarkdown(RECORD)).map(({ claim, headings }) => [claim, headings.join(' › ')])).toEqual([
    ['tick', 'Decision Outcome'],
    ['budget', 'Decision Outcome › Accepted risks › Single writer'],
    ['tick', 'Decision Outcome › Accepted risks › Single writer'],
    ['tick', 'Decision Outcome › Accepted risks › Single writer'],
    ['lazy', 'Decision Outcome › Further risks'],
  ]);
});

test('each risk has its claims once', () => {
  expect([...byRisk(mentionsOf(parseMarkdown(RECORD)))]).toEqual([
    ['Single writer', ['budget', 'tick']],
    ['Further risks', ['lazy']],
  ]);
});
