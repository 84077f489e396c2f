/** A box of the picture of the folders, in the picture's own units. */
export interface Box {
  x: number;
  y: number;
  width: number;
  name: string;
  holds: string;
}

export const BOXES: Box[] = [
  { x: 12, y: 4, width: 162, name: 'src', holds: 'this site' },
  { x: 190, y: 4, width: 76, name: 'records', holds: 'reads them' },
  { x: 282, y: 4, width: 72, name: 'adr', holds: 'decisions' },
  { x: 12, y: 88, width: 162, name: 'claims', holds: 'one experiment each' },
  { x: 190, y: 88, width: 164, name: 'evidence', holds: 'what the runs found' },
  { x: 22, y: 196, width: 100, name: 'thinker', holds: 'asks a mind' },
  { x: 129, y: 196, width: 100, name: 'archivist', holds: 'keeps the past' },
  { x: 236, y: 196, width: 100, name: 'text', holds: 'people play' },
  { x: 22, y: 276, width: 148, name: 'start', holds: 'starts everything' },
  { x: 188, y: 276, width: 148, name: 'client', holds: 'how to connect' },
  { x: 22, y: 356, width: 84, name: 'host', holds: 'builds, runs' },
  { x: 112, y: 356, width: 72, name: 'relay', holds: 'carries' },
  { x: 204, y: 356, width: 58, name: 'export', holds: 'a way out' },
  { x: 276, y: 356, width: 60, name: 'rival', holds: 'compares' },
  { x: 22, y: 436, width: 314, name: 'world', holds: 'the module, in Rust: every rule' },
  { x: 12, y: 528, width: 342, name: 'tools', holds: 'bootstrap, tests, linters, generators' },
];

/** An arrow from one folder to another, and its path in the picture. */
interface Arrow {
  from: string;
  to: string;
  path: string;
}

/** Which folder imports which. A test compares them with the linter's table. */
export const IMPORTS: Arrow[] = [
  { from: 'src/', to: 'claims/', path: 'M60 50V85' },
  { from: 'src/', to: 'records/', path: 'M174 27H187' },
  { from: 'src/live/', to: 'spike/client/', path: 'M174 44H182V150H346V299H339' },
  { from: 'src/play/', to: 'spike/client/', path: 'M174 44H182V150H346V299H339' },
  { from: 'src/play/', to: 'spike/text/', path: 'M182 150H286V193' },
  { from: 'claims/', to: 'spike/', path: 'M60 134V161' },
  { from: 'spike/thinker/', to: 'spike/client/', path: 'M90 242L208 273' },
  { from: 'spike/archivist/', to: 'spike/client/', path: 'M192 242L234 273' },
  { from: 'spike/text/', to: 'spike/client/', path: 'M286 242V273' },
  { from: 'spike/relay/', to: 'spike/client/', path: 'M150 356L190 325' },
  { from: 'spike/export/', to: 'spike/client/', path: 'M233 356V325' },
  { from: 'spike/rival/exit/', to: 'spike/export/file/', path: 'M276 379H265' },
  { from: 'spike/start/', to: 'spike/client/', path: 'M170 299H185' },
  { from: 'spike/start/', to: 'spike/host/', path: 'M69 322V353' },
  { from: 'tools/', to: 'spike/', path: 'M210 528V503' },
  { from: 'tools/', to: 'claims/', path: 'M12 551H3V111H9' },
  { from: 'tools/', to: 'records/', path: 'M354 551H361V68H228V53' },
];

/** What is read, written or generated. */
export const DATA: Arrow[] = [
  { from: 'adr/', to: 'records/', path: 'M282 27H269' },
  { from: 'evidence/', to: 'src/', path: 'M205 88L155 53' },
  { from: 'claims/', to: 'evidence/', path: 'M174 111H187' },
  { from: 'spike/world/', to: 'spike/host/', path: 'M69 436V405' },
  { from: 'spike/world/', to: 'spike/client/', path: 'M195 436V325' },
];
