/** Size of a character's cell in the drawing. */
const [WIDTH, HEIGHT] = [8, 18];

/** In which directions a character of a drawing goes on: left, right, up, down. */
const LINES: Readonly<Record<string, string>> = {
  '─': 'lr',
  '│': 'ud',
  '┌': 'rd',
  '┐': 'ld',
  '└': 'ru',
  '┘': 'lu',
  '├': 'udr',
  '┤': 'udl',
  '┬': 'lrd',
  '┴': 'lru',
  '┼': 'lrud',
  '►': 'l',
  '◄': 'r',
  '▲': 'd',
  '▼': 'u',
};
/** The corners of an arrow's tip, in cells around the middle of its own. */
const TIPS: Readonly<Record<string, readonly [number, number][]>> = {
  '►': [
    [-0.3, -0.25],
    [0.5, 0],
    [-0.3, 0.25],
  ],
  '◄': [
    [0.3, -0.25],
    [-0.5, 0],
    [0.3, 0.25],
  ],
  '▲': [
    [-0.5, 0.2],
    [0, -0.3],
    [0.5, 0.2],
  ],
  '▼': [
    [-0.5, -0.2],
    [0, 0.3],
    [0.5, -0.2],
  ],
};

/** Whether a block of text is a diagram made of Unicode's box-drawing characters. */
export function isDrawing(text: string): boolean {
  return /[─│]/.test(text) && /[►◄▲▼┌┐└┘├┤┬┴┼]/.test(text);
}

/**
 * Draws a diagram of box-drawing characters, so that it has lines instead of characters and can be read on any screen.
 * The text stays the source, because GitHub and an editor show that one.
 */
export function drawingSvg(text: string): string {
  const rows = text.split('\n').map((line) => [...line]);
  // Some fonts are wider than the cells, and the last word would be cut off.
  const columns = Math.max(...rows.map((row) => row.length)) + 3;
  const cells = rows.flatMap((row, y) => row.map((character, x) => ({ character, x, y })));
  const lines = cells.flatMap(({ character, x, y }) => segments(character, x, y)).join('');
  const tips = cells.flatMap(({ character, x, y }) => tip(character, x, y)).join('');
  const words = rows.flatMap((row, y) => labels(row, y)).join('');
  return (
    `<svg viewBox="0 0 ${columns * WIDTH} ${rows.length * HEIGHT}" width="${columns * WIDTH}" aria-hidden="true">` +
    `<path class="line" d="${lines}"/><path class="tip" d="${tips}"/>${words}</svg>`
  );
}

/** The picture of a diagram, and behind it the text for those who cannot see it or want to copy it. */
export function drawingFigure(text: string): string {
  return (
    `<figure class="drawing not-content"><div class="scroll" tabindex="0" role="region" aria-label="Diagram">` +
    `${drawingSvg(text)}</div><details><summary>The same diagram as text</summary>` +
    `<pre tabindex="0" role="region" aria-label="Diagram as text">${escape(text)}</pre></details></figure>`
  );
}

const middle = (x: number, y: number) => [(x + 0.5) * WIDTH, (y + 0.5) * HEIGHT] as const;

function segments(character: string, x: number, y: number): string[] {
  const directions = LINES[character];
  if (!directions) return [];
  const [mx, my] = middle(x, y);
  const [across, down] = [
    [directions.includes('l') ? x * WIDTH : mx, directions.includes('r') ? (x + 1) * WIDTH : mx],
    [directions.includes('u') ? y * HEIGHT : my, directions.includes('d') ? (y + 1) * HEIGHT : my],
  ];
  return [
    ...(across[0] === across[1] ? [] : [`M${across[0]} ${my}H${across[1]}`]),
    ...(down[0] === down[1] ? [] : [`M${mx} ${down[0]}V${down[1]}`]),
  ];
}

function tip(character: string, x: number, y: number): string[] {
  const corners = TIPS[character];
  if (!corners) return [];
  const [mx, my] = middle(x, y);
  return [`M${corners.map(([dx, dy]) => `${mx + dx * WIDTH} ${my + dy * HEIGHT}`).join('L')}Z`];
}

/** Words that lie on a line stand in the middle of their gap; all others begin where they do in the text. */
function labels(row: string[], y: number): string[] {
  const line = row.map((character) => (LINES[character] ? '\n' : character)).join('');
  return [...line.matchAll(/[^\s](?:[^\S\n]?[^\s])*/g)].map(({ 0: words, index }) => {
    const [before, after] = [line.slice(0, index).trimEnd(), line.slice(index + words.length).trimStart()];
    const isOnLine = row[before.length - 1] === '─' && after.startsWith('\n');
    const x = isOnLine ? index + words.length / 2 : index;
    const anchor = isOnLine ? ' text-anchor="middle"' : '';
    return `<text x="${x * WIDTH}" y="${(y + 0.5) * HEIGHT}" dy="0.35em"${anchor}>${escape(words)}</text>`;
  });
}

function escape(text: string): string {
  return text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
}
