import { expect, test } from 'playwright/test';
import { layOut } from '../../claims/harness/reporter.ts';
import { someRun } from '../../claims/evidence.fixture.ts';
import { checkReport } from './report-check.ts';

const file = layOut(someRun('tick'));

test('accepts an evidence file, and the same file in an issue', () => {
  for (const text of [file, `### The evidence\n\n\`\`\`json\n${file}\`\`\`\n\n### Surprise\n\nNone.`])
    expect(checkReport(text)).toEqual({
      ok: true,
      lines: ['tick: holds, p99 3.1 ms of 10 ms; host 1.2.0, a machine, 2 cores, commit c'],
    });
});

test('names the fields of evidence that does not fit the schema', () => {
  const { ok, lines } = checkReport(file.replace('"verdict": "holds"', '"verdict": "great"'));
  expect(ok).toBe(false);
  expect(lines[0]).toMatch(/^not evidence: .*verdict/);
});

test('a quick run, and a report without evidence, are not accepted', () => {
  expect(checkReport(file.replace('"mode": "full"', '"mode": "quick"'))).toMatchObject({ ok: false });
  expect(checkReport('I measured it, believe me.').lines).toEqual([
    'no evidence: paste the file in a block that begins with ```json',
  ]);
});
