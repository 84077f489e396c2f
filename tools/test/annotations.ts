/** A finding at a line of a file, as GitHub shows it on the diff. */
export interface Annotation {
  level: 'error' | 'warning';
  file: string;
  line: number;
  message: string;
}

/** Cargo prints paths relative to its workspace. */
const CARGO_ROOT = 'spike/world/';

const OUR_LINTERS = /^(?<file>[^\s:]+\.\w+):(?<line>\d+): (?<level>warning)?(?:: )?(?<message>.+)$/;
const ASTRO_CHECK = /^(?<file>[^\s:]+):(?<line>\d+):\d+ - (?<level>error|warning) (?<message>ts\(\d+\): .+)$/;
const PRETTIER = /^\[(?:warn|error)\] (?<file>\S+\.\w+)$/;
const RUSTFMT = /^Diff in (?<file>\S+?):(?<line>\d+):$/;
const CARGO_MESSAGE = /^(?<level>error|warning)(?:\[\w+\])?: (?<message>.+)$/;
const CARGO_PLACE = /^\s*--> (?<file>\S+?):(?<line>\d+):\d+$/;

/** Finds the findings of the linters and compilers in their output. ESLint's are found by the action `setup-node`. */
export function annotationsIn(output: string, root = process.cwd()): Annotation[] {
  const lines = output.split('\n').map(withoutColours);
  const found = lines.flatMap((line, index): Annotation[] => {
    const own = (OUR_LINTERS.exec(line) ?? ASTRO_CHECK.exec(line))?.groups;
    if (own) return [annotation(own['level'], own['file'], own['line'], own['message'])];
    const format = (PRETTIER.exec(line) ?? RUSTFMT.exec(line))?.groups;
    if (format) return [annotation('error', format['file'], format['line'], 'run `npm run format`')];
    const place = CARGO_PLACE.exec(line)?.groups;
    const message = CARGO_MESSAGE.exec(lines[index - 1] ?? '')?.groups;
    if (!place || !message) return [];
    return [annotation(message['level'], `${CARGO_ROOT}${place['file']}`, place['line'], message['message'])];
  });
  return found.map((each) => ({ ...each, file: each.file.replace(`${root}/`, '') }));
}

/** A workflow command, which the runner turns into an annotation. */
export function commandOf({ level, file, line, message }: Annotation): string {
  return `::${level} file=${escaped(file).replaceAll(':', '%3A').replaceAll(',', '%2C')},line=${line}::${escaped(message)}`;
}

function annotation(level = 'error', file = '', line = '1', message = ''): Annotation {
  return { level: level === 'warning' ? 'warning' : 'error', file, line: Number(line), message };
}

function escaped(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function withoutColours(text: string): string {
  return text.replaceAll(/\u001b\[[\d;]*m/g, '');
}
