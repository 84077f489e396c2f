import type { Source } from '../../../records/record.ts';
import type { Finding } from '../read/finding.ts';
import type { Project } from '../read/project.ts';
import { importsOf, moduleOf } from '../read/rust-imports.ts';

export const WORLD = 'spike/world/src/';
const ROOT = 'lib.rs';

interface Edge {
  from: string;
  to: string;
  line: number;
}

/**
 * The module's imports point one way. `lib.rs` lists the folders from the ground up, and a folder imports only from the
 * ones listed before it; within a folder no files import each other in a circle.
 */
export function importsPointDown({ world }: Pick<Project, 'world'>): Finding[] {
  const layers = layersOf(world.find(({ path }) => path === WORLD + ROOT)?.text ?? '');
  const edges = edgesOf(world);
  const upward = edges
    .filter(({ from, to }) => rank(to, layers) > rank(from, layers))
    .map(({ from, to, line }) => ({
      file: WORLD + from,
      line,
      wrong: `${from} imports ${to}, which ${ROOT} lists after it`,
      mend: `move what both need down into ${layerOf(from)}, or move the caller up`,
    }));
  return [...upward, ...circles(edges)];
}

/** The top-level modules in the order in which `lib.rs` lists them. */
function layersOf(lib: string): string[] {
  return [...lib.matchAll(/^\s*(?:pub(?:\(crate\))? )?mod (\w+);/gm)].map(([, name = '']) => name);
}

function layerOf(file: string): string {
  return moduleOf(file)[0] ?? ROOT;
}

/** `lib.rs` itself is the roof. */
function rank(file: string, layers: string[]): number {
  const index = layers.indexOf(layerOf(file));
  return index < 0 ? layers.length : index;
}

function edgesOf(world: Source[]): Edge[] {
  const files = world.map(({ path }) => path.slice(WORLD.length));
  const byModule = new Map(files.map((file) => [moduleOf(file).join('::'), file]));
  return world.flatMap(({ path, text }) => {
    const from = path.slice(WORLD.length);
    return importsOf(from, text)
      .map(({ line, path }) => ({ from, line, to: fileOf(path, byModule) }))
      .filter(({ to }) => to !== from);
  });
}

/** The file that holds the longest beginning of a path: `core::agent::Agent` is in `core/agent.rs`. */
function fileOf(path: string[], byModule: Map<string, string>): string {
  for (let length = path.length; length > 0; length--) {
    const file = byModule.get(path.slice(0, length).join('::'));
    if (file) return file;
  }
  return ROOT;
}

/** One finding for each circle, at the import that leads into its shortest way round. */
function circles(edges: Edge[]): Finding[] {
  const reported = new Set<string>();
  const findings: Finding[] = [];
  for (const { from, to, line } of edges) {
    const back = shortestWay(to, from, edges);
    if (!back || back.some((file) => reported.has(file))) continue;
    back.forEach((file) => reported.add(file));
    const wrong = `these import each other in a circle: ${[from, ...back].join(' → ')}`;
    const mend = 'move what they share into a file that imports none of them';
    findings.push({ file: WORLD + from, line, wrong, mend });
  }
  return findings;
}

function shortestWay(from: string, to: string, edges: Edge[]): string[] | undefined {
  const ways = [[from]];
  const seen = new Set([from]);
  for (const way of ways) {
    const last = way.at(-1)!;
    if (last === to) return way;
    for (const { to: next } of edges.filter((edge) => edge.from === last && !seen.has(edge.to))) {
      seen.add(next);
      ways.push([...way, next]);
    }
  }
  return undefined;
}
