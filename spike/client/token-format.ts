import { z } from 'zod';

const VERSION = 1;

const Entry = z.strictObject({
  /** Where the token is used. Absent in a file from before version 1, which held one token for every world. */
  world: z.string().optional(),
  token: z.string().min(1),
  /** Set when the token was replaced or rejected. Such a token is kept, because losing it means losing a person. */
  until: z.iso.datetime().optional(),
});
export type Entry = z.infer<typeof Entry>;

const File = z.strictObject({ version: z.literal(VERSION), tokens: z.array(Entry) });
/** The text client's former format: a token for each world, and rejected ones under `WORLD until TIME`. */
const FormerPlayers = z.record(z.string(), z.string().min(1));
/** The thinker's former format: the token alone, a JSON Web Token. */
const FORMER_THINKERS = /^[\w-]+\.[\w-]+\.[\w-]*$/;

/**
 * Reads the text of a token file, in this format or one of the two former ones.
 * @throws Error that completes the sentence "FILE is not a token file: …"
 */
export function parseTokens(text: string): Entry[] {
  const trimmed = text.trim();
  if (trimmed === '') throw new Error('it is empty');
  if (FORMER_THINKERS.test(trimmed)) return [{ token: trimmed }];
  if (!trimmed.startsWith('{')) throw new Error('it holds neither JSON nor a single token');
  const data = JSON.parse(trimmed) as object;
  if (!('version' in data)) return check(FormerPlayers, data, fromFormerPlayers);
  if (typeof data.version === 'number' && data.version > VERSION)
    throw new Error(`it has version ${data.version}, and this program reads up to ${VERSION}, so update the program`);
  return check(File, data, ({ tokens }) => tokens);
}

export function formatTokens(tokens: Entry[]): string {
  return `${JSON.stringify({ version: VERSION, tokens }, null, 2)}\n`;
}

function check<T>(schema: z.ZodType<T>, data: object, entriesOf: (valid: T) => Entry[]): Entry[] {
  const parsed = schema.safeParse(data);
  if (!parsed.success) throw new Error(z.prettifyError(parsed.error).replaceAll(/\s+/g, ' '));
  return entriesOf(parsed.data);
}

function fromFormerPlayers(record: z.infer<typeof FormerPlayers>): Entry[] {
  return Object.entries(record).map(([key, token]) => {
    const [, world, until] = /^(.*) until (\d{4}-\d\d-\d\dT[\d:.]+Z)$/.exec(key) ?? [];
    return world && until ? { world, token, until } : { world: key, token };
  });
}
