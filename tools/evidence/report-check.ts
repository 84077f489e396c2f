import { parseEvidence } from '../../claims/evidence.ts';

const BLOCK = /```json\s*\n(?<json>[^]*?)\n\s*```/g;

/** What a reported measurement holds, or what is wrong with it. */
export interface Checked {
  /** One line for each file: its claim, verdict and machine, or the fields that are wrong. */
  lines: string[];
  ok: boolean;
}

/**
 * Checks evidence that somebody measured elsewhere by the schema of committed evidence.
 * @param text an evidence file, or an issue with evidence in blocks of `json`
 */
export function checkReport(text: string): Checked {
  const blocks = text.trimStart().startsWith('{')
    ? [text]
    : [...text.matchAll(BLOCK)].map(({ groups }) => groups!['json']!);
  if (blocks.length === 0)
    return { ok: false, lines: ['no evidence: paste the file in a block that begins with ```json'] };
  const checked = blocks.map(checkOne);
  return { ok: checked.every(({ ok }) => ok), lines: checked.flatMap(({ lines }) => lines) };
}

function checkOne(text: string): Checked {
  try {
    const evidence = parseEvidence(text);
    if (evidence.verdict === 'not measured')
      return { ok: true, lines: [`${evidence.claim}: not measured, ${evidence.reason}`] };
    const { host, cpu, cores, mode, commit, dirty } = evidence.provenance;
    if (mode !== 'full')
      return {
        ok: false,
        lines: [`${evidence.claim}: a ${mode} run decides nothing: measure it with npm run evidence`],
      };
    const changed = dirty ? ', with changes that were not committed' : '';
    return {
      ok: true,
      lines: [
        `${evidence.claim}: ${evidence.verdict}, ${evidence.headline}; host ${host}, ${cpu}, ${cores} cores, commit ${commit.slice(0, 7)}${changed}`,
      ],
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message.replaceAll(/\s*\n\s*/g, ' ') : String(error);
    return { ok: false, lines: [`not evidence: ${reason}`] };
  }
}
