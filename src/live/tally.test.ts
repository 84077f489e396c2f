import { expect, test } from 'playwright/test';
import type { DbConnection, WorldEvent } from '../../spike/client/bindings/index.ts';
import { TallyBook } from './tally.ts';

const act = (id: number, atMs = id) =>
  ({ id: BigInt(id), at: { __timestamp_micros_since_unix_epoch__: BigInt(atMs) } }) as unknown as WorldEvent;

interface Held {
  events?: WorldEvent[];
  /** Up to which event the archive has them. */
  archived?: number;
  holdings?: [good: number, quantity: number][];
}

/** A connection that holds these rows. */
function connectionOf({ events = [], archived, holdings = [] }: Held): DbConnection {
  const table = <Row>(rows: Row[]) => ({ iter: () => rows.values() });
  return {
    db: {
      event: table(events),
      archive: table(archived === undefined ? [] : [{ last: BigInt(archived) }]),
      holding: table(holdings.map(([good, quantity]) => ({ good, quantity }))),
    },
  } as unknown as DbConnection;
}

test('acts that are gone after a reconnect are lost, and those that the host told of are acknowledged', () => {
  const book = new TallyBook();
  book.open(connectionOf({ events: [act(1)] }));
  for (const id of [2, 3, 4]) book.see(act(id));
  book.open(connectionOf({ events: [act(1), act(2)] }));
  expect(book.read(undefined)).toMatchObject({ acts: 3, lost: 2 });
});

test('another act under the number of a lost one does not hide the loss', () => {
  const book = new TallyBook();
  book.open(connectionOf({}));
  book.see(act(1, 10));
  book.open(connectionOf({ events: [act(1, 20)] }));
  expect(book.read(undefined).lost).toBe(1);
});

test('what the archive has is not lost', () => {
  const book = new TallyBook();
  book.open(connectionOf({}));
  for (const id of [1, 2, 3]) book.see(act(id));
  book.forget(act(1));
  book.open(connectionOf({ events: [act(3)], archived: 2 }));
  expect(book.read(undefined).lost).toBe(0);
});

test('goods are conserved however they change hands, and not when some appear or disappear', () => {
  const book = new TallyBook();
  const holdings: Held['holdings'] = [
    [0, 5],
    [1, 2],
    [0, 3],
  ];
  expect(book.read(connectionOf({ holdings })).conserved).toBe(true);
  const traded: Held['holdings'] = [
    [0, 8],
    [1, 1],
    [1, 1],
  ];
  expect(book.read(connectionOf({ holdings: traded })).conserved).toBe(true);
  expect(book.read(connectionOf({ holdings: [[0, 8]] })).conserved).toBe(false);
  expect(book.read(connectionOf({ holdings: traded })).conserved).toBe(true);
});

test('without a connection the last comparison stands', () => {
  const book = new TallyBook();
  book.read(connectionOf({ holdings: [[0, 5]] }));
  book.read(connectionOf({ holdings: [[0, 4]] }));
  expect(book.read(undefined).conserved).toBe(false);
});
