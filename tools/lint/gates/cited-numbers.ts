import { anchorOf } from '../../../claims/check.ts';
import { citable, type Citable } from '../../../claims/condition.ts';
import { citationOf } from '../../../records/citation.ts';
import type { Link } from '../../../records/link.ts';
import type { DecisionRecord, Source } from '../../../records/record.ts';
import type { Finding } from '../read/finding.ts';
import { isMeasure, numbersIn } from '../../../records/units.ts';
import type { Project } from '../read/project.ts';

const grouped = (fractionDigits: number) =>
  new Intl.NumberFormat('en-GB', { minimumFractionDigits: fractionDigits, maximumFractionDigits: fractionDigits });

/** A citation gives the number of its figure, as precisely as it is written, and its unit. */
export function citedNumbersAgree(project: Project): Finding[] {
  return project.records.flatMap(({ path, links }) =>
    links.flatMap((link) => {
      const fault = faultOf(link, project);
      return fault ? [{ file: path, line: link.line, ...fault }] : [];
    }),
  );
}

/** The record with every citation that gives another number brought up to its figure. */
export function withCitedNumbers({ path, text, links }: DecisionRecord, project: Project): Source {
  let fixed = text;
  // From the end, so that the ranges before it stay right.
  for (const { url, labelRange, label } of links.toReversed()) {
    const figure = figureOf(url, project);
    const [number, ...more] = numbersIn(label);
    if (!figure || !number || more.length > 0) continue;
    const [from, to] = labelRange;
    const right = writtenLike(number.digits, figure.value);
    fixed = fixed.slice(0, from) + fixed.slice(from, to).replace(number.digits, right) + fixed.slice(to);
  }
  return { path, text: fixed };
}

function faultOf({ url, label }: Link, project: Project): Pick<Finding, 'wrong' | 'mend'> | undefined {
  const citation = citationOf(url);
  // A claim that is not there at all is another gate's finding.
  if (!citation?.figure || !project.specs.some(({ claim }) => claim === citation.claim)) return undefined;
  const figure = figureOf(url, project);
  if (!figure) {
    const anchors = figuresOf(citation.claim, project).map(({ anchor }) => anchor);
    const mend = `the figures are: ${anchors.join(', ') || 'none yet'}`;
    return { wrong: `"${citation.claim}" has no figure "${citation.figure}"`, mend };
  }
  const [number, ...more] = numbersIn(label);
  if (!number) return undefined;
  if (more.length > 0) return { wrong: `"${label}" holds more than one number`, mend: 'cite one figure a link' };
  const right = writtenLike(number.digits, figure.value);
  if (parse(number.digits) !== parse(right)) {
    const mend = `run \`npm run lint:claims -- --fix\`, which writes ${right}`;
    return { wrong: `says ${number.digits}, and ${citation.claim} has ${figure.value} ${figure.unit}`, mend };
  }
  const unit = isMeasure(figure.unit) ? figure.unit : '';
  const mend = `write the figure's unit inside the link: [${right} ${figure.unit}]`;
  return number.unit === unit ? undefined : { wrong: `"${label}" is not in ${figure.unit}`, mend };
}

function figureOf(url: string, project: Project): Citable | undefined {
  const citation = citationOf(url);
  return figuresOf(citation?.claim, project).find(({ anchor }) => anchor === citation?.figure);
}

function figuresOf(claim: string | undefined, { evidence }: Project): Citable[] {
  const found = evidence.find((file) => file.claim === claim && !file.kept)?.evidence;
  if (!found || found.verdict === 'not measured') return [];
  const checks = found.checks.map((check) => ({ anchor: anchorOf(check), value: check.value, unit: check.unit }));
  return [...checks, ...citable(found.conditions ?? [])];
}

/** The value with as many decimals as the text has; with two significant digits where those would say zero. */
function writtenLike(digits: string, value: number): string {
  const text = grouped(digits.split('.')[1]?.length ?? 0).format(value);
  return parse(text) === 0 && value !== 0 ? String(Number(value.toPrecision(2))) : text;
}

function parse(digits: string): number {
  return Number(digits.replaceAll(',', '').replace('−', '-'));
}
