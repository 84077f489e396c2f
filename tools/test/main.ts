import { readFileSync } from 'node:fs';
import { parseArgs, styleText } from 'node:util';
import { findHost, findPinned } from '../../spike/host/binary.ts';
import { cacheFolder } from '../../spike/host/cache.ts';
import { buildModule } from '../../spike/host/module.ts';
import { provideChromium } from './chromium.ts';
import { runStep, type Step } from './steps.ts';

const HELP = `Installs what is missing, then runs every check and test.

  npm test -- [--help] [WORD …]

With words, only the steps whose names contain one of them: ${'lint, types, world, unit, site, claims'}.`;

const MANIFEST = ['--manifest-path', 'spike/world/Cargo.toml'];
const scripts = (JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> }).scripts;

const STEPS: Step[] = [
  { name: 'lint of records', program: 'tsx', args: ['tools/lint/records.ts'], counts: 'linter' },
  { name: 'lint of claims', program: 'tsx', args: ['tools/lint/claims.ts'], counts: 'linter' },
  { name: 'lint of code', program: 'sh', args: ['-c', scripts['lint'] ?? ''] },
  { name: 'types', program: 'sh', args: ['-c', scripts['check'] ?? ''] },
  { name: 'world (cargo test)', program: 'cargo', args: ['test', '--quiet', '--locked', ...MANIFEST], counts: 'cargo' },
  { name: 'site build', program: 'astro', args: ['build', '--silent'] },
  {
    name: 'unit, spike and site tests',
    program: 'playwright',
    args: ['test', '--project=unit', '--project=spike', '--project=site'],
    counts: 'playwright',
  },
  { name: 'claims (quick)', program: 'playwright', args: ['test', '--project=claims'], counts: 'playwright' },
];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { help: { type: 'boolean', short: 'h' } },
});
if (values.help) {
  console.log(HELP);
  process.exit(0);
}
const steps = STEPS.filter(({ name }) => positionals.length === 0 || positionals.some((word) => name.includes(word)));
if (steps.length === 0) {
  console.error(
    `No step is called ${positionals.join(' or ')}; the steps are ${STEPS.map(({ name }) => name).join(', ')}.`,
  );
  process.exit(2);
}

process.env['ASTRO_TELEMETRY_DISABLED'] = '1';
// What clippy and cargo test build is the same for every checkout, but for the one crate that is ours.
process.env['CARGO_TARGET_DIR'] = cacheFolder('target');
const total = { passed: 0, failed: 0 };
try {
  await provide();
  for (const step of steps) {
    const { passed, failed, seconds } = await runStep(step);
    total.passed += passed;
    total.failed += failed;
    const words = `${step.name}: ${passed} passed, ${failed} failed in ${seconds} s`;
    console.log(styleText(failed > 0 ? 'red' : 'green', `${failed > 0 ? '✕' : '●'} ${words}`));
  }
} catch (error) {
  console.error(styleText('red', error instanceof Error ? error.message : String(error)));
  total.failed++;
}
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed > 0 ? 1 : 0);

/** Whatever a fresh machine lacks, before the first test could fail for the want of it. */
async function provide(): Promise<void> {
  await findHost(console.log);
  await findPinned('cli', console.log);
  await buildModule('production', console.log);
  await buildModule('lab', console.log);
  await provideChromium(console.log);
}
