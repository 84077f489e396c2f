import { parseArgs, styleText } from 'node:util';
import { names, stepsFor, type PlannedStep } from './plan.ts';
import { provide } from './provide.ts';
import { runStep } from './steps.ts';

const HELP = `Installs what is missing, then runs every check and test.

  npm test -- [options] [WORD …]

  --install   install what the steps need, and stop
  --help      show this text

With words, only the steps whose names contain one of them. The steps are:
${names()}.

As root on Debian it installs missing system packages with apt-get, and prints the command before it does.`;

/** @returns the exit code */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { install: { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h', default: false } },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const steps = stepsFor(positionals);
  process.env['ASTRO_TELEMETRY_DISABLED'] = '1';
  await provide(new Set(steps.flatMap(({ needs }) => needs)));
  return values.install ? 0 : runAll(steps);
}

async function runAll(steps: PlannedStep[]): Promise<number> {
  const total = { passed: 0, failed: 0 };
  const failures: string[] = [];
  for (const step of steps) {
    const { passed, failed, seconds, failures: ofStep = [] } = await runStep(step);
    total.passed += passed;
    total.failed += failed;
    if (failed > 0) failures.push(...(ofStep.length > 0 ? ofStep : [`the step ${step.name}, whose output is above`]));
    const words = `${step.name}: ${passed} passed, ${failed} failed in ${seconds} s`;
    console.log(styleText(failed > 0 ? 'red' : 'green', `${failed > 0 ? '✕' : '●'} ${words}`));
  }
  // A reader of a long log looks at its end.
  if (failures.length > 0) console.log(`\nWhat failed:\n${failures.map((each) => `  ${each}`).join('\n')}`);
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  return total.failed > 0 ? 1 : 0;
}

try {
  process.exit(await main());
} catch (error) {
  console.error(styleText('red', error instanceof Error ? error.message : String(error)));
  process.exit(2);
}
