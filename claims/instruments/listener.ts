/** A tick, and when it was due, in milliseconds since 1970. */
export interface Heard {
  tick: bigint;
  dueMs: number;
}

/** Tags of the binary protocol. */
const [SUBSCRIBE, LIGHT_UPDATE, UNCOMPRESSED, ROW_OFFSETS] = [1, 2, 0, 1];
const TABLE = Buffer.from('tick_log');
const OFFSET_BYTES = 8;
/** Compression, then the kind of message. */
const HEADER = 2;

/**
 * A client that receives every row and decodes only that of the log of ticks. No client can do with less, so a delay that
 * it sees is the host's.
 * @see https://github.com/clockworklabs/SpacetimeDB/blob/v1.2.0/crates/client-api-messages/src/websocket.rs
 */
export async function listen(
  { url, database, queries }: { url: string; database: string; queries: string[] },
  hear: (tick: Heard) => void,
): Promise<void> {
  const address = `${url.replace('http', 'ws')}/v1/database/${database}/subscribe?compression=None&light=true`;
  const socket = new WebSocket(address, 'v1.bsatn.spacetimedb');
  socket.binaryType = 'arraybuffer';
  let messages = 0;
  await new Promise<void>((resolve, reject) => {
    socket.onerror = () => reject(new Error(`no answer from ${address}`));
    socket.onmessage = ({ data }) => {
      const bytes = Buffer.from(data as ArrayBuffer);
      // The first message is the identity, the second what was subscribed.
      if (++messages === 1) socket.send(subscription(queries));
      if (messages === 2) resolve();
      const row = bytes[1] === LIGHT_UPDATE ? lastTick(bytes) : undefined;
      if (row) hear(row);
    };
  });
}

function subscription(queries: string[]): Uint8Array<ArrayBuffer> {
  const number = (value: number) => new Uint8Array(Uint32Array.of(value).buffer);
  const text = (value: string) => [number(Buffer.byteLength(value)), new Uint8Array(Buffer.from(value))];
  const parts = [Uint8Array.of(SUBSCRIBE), number(queries.length), ...queries.flatMap(text), number(0)];
  return new Uint8Array(Buffer.concat(parts));
}

/** The row that the log of ticks gained in an update. @throws Error when the update has another form than that of 1.2.0 */
function lastTick(bytes: Buffer): Heard | undefined {
  const name = bytes.indexOf(TABLE, HEADER);
  if (name < 0) return undefined;
  let at = name + TABLE.length + 8 + 4;
  if (bytes[at++] !== UNCOMPRESSED) throw new Error('the host compressed an update, although nobody asked for that');
  // First what was deleted, then what was inserted.
  at = rowsOf(bytes, at).end;
  const { start } = rowsOf(bytes, at);
  return { tick: bytes.readBigUInt64LE(start + 8), dueMs: Number(bytes.readBigInt64LE(start + 16)) / 1_000 };
}

/** Where the rows of a list begin and end. */
function rowsOf(bytes: Buffer, at: number): { start: number; end: number } {
  const hasOffsets = bytes[at] === ROW_OFFSETS;
  const length = hasOffsets ? at + 5 + bytes.readUInt32LE(at + 1) * OFFSET_BYTES : at + 3;
  return { start: length + 4, end: length + 4 + bytes.readUInt32LE(length) };
}
