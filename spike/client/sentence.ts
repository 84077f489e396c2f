import type { Action } from './bindings/index.ts';
import { EVENT_VERSION, NOBODY } from './world-constants.ts';

/** The closed set of kinds; `spike/world/src/core/event.rs` says which of the other fields count in each. */
export const KINDS = ['say', 'go', 'give', 'buy', 'sell', 'wait', 'arrive', 'leave', 'turn_back', 'no_answer'] as const;
type Kind = (typeof KINDS)[number];

/** What an event says, as the world, an archive and a recording hold it. */
export interface EventFacts {
  /** 0 is the form before there were versions: `words` holds a sentence without its subject, and `kind` is empty. */
  version: number;
  kind: string;
  /** The agent that did it. */
  subject: number;
  /** The agent that it is for, or `NOBODY`. */
  object: number;
  quantity: number;
  gold: number;
  words: string;
  request: bigint | number;
}

/** From whose point of view an event is worded. */
export interface Reader {
  /** The reader's own agent; absent for somebody who only watches. */
  me?: number | undefined;
  nameOf: (agent: number) => string;
}

/** A sentence in two parts, so that a page can set the first one in bold. */
export interface Phrase {
  who: string;
  does: string;
}

/** A verb as others do it, and as the reader does. */
const VERBS: Record<Kind | 'answer' | 'unknown', [others: string, own: string]> = {
  say: ['says', 'say'],
  answer: ['answers', 'answer'],
  go: ['goes', 'go'],
  give: ['gives', 'give'],
  buy: ['buys', 'buy'],
  sell: ['sells', 'sell'],
  wait: ['waits', 'wait'],
  arrive: ['arrives', 'arrive'],
  leave: ['leaves', 'leave'],
  turn_back: ['turns back', 'turn back'],
  no_answer: ['finds', 'find'],
  unknown: ['does', 'do'],
};

/** `Mira gives 3 salt to you`, without a full stop. Words and names are other people's: show them as text, never as markup. */
export function sentenceOf(event: EventFacts, reader: Reader): string {
  const { who, does } = phraseOf(event, reader);
  return `${who} ${does}`;
}

export function phraseOf(event: EventFacts, reader: Reader): Phrase {
  const who = event.subject === reader.me ? 'You' : reader.nameOf(event.subject);
  return { who, does: event.version === 0 ? formerWords(event, reader) : deedOf(event, reader) };
}

/** What an agent is about to do, for a log: the price of a deal is a limit then. */
export function intentionOf(action: Action, nameOf: Reader['nameOf']): string {
  const plain = {
    version: EVENT_VERSION,
    subject: NOBODY,
    object: NOBODY,
    quantity: 0,
    gold: 0,
    words: '',
    request: 0,
  };
  const told = (facts: Partial<EventFacts> & { kind: Kind }, limit = '') =>
    deedOf({ ...plain, ...facts }, { nameOf }, limit);
  switch (action.tag) {
    case 'Say':
      return told({ kind: 'say', words: action.value });
    case 'Go':
      return told({ kind: 'go', words: action.value });
    case 'Give':
      return told({ kind: 'give', words: action.value.good, quantity: action.value.quantity, object: action.value.to });
    case 'Buy':
      return told({ kind: 'buy', words: action.value.good, ...amounts(action.value) }, 'at most ');
    case 'Sell':
      return told({ kind: 'sell', words: action.value.good, ...amounts(action.value) }, 'at least ');
    case 'Wait':
      return told({ kind: 'wait' });
  }
}

const amounts = ({ quantity, gold }: { quantity: number; gold: number }) => ({ quantity, gold });

function deedOf(event: EventFacts, reader: Reader, limit = ''): string {
  const { object, quantity, gold, words } = event;
  const verb = (name: keyof typeof VERBS) => VERBS[name][event.subject === reader.me ? 1 : 0];
  const whom = object === reader.me ? 'you' : reader.nameOf(object);
  const asked = event.request > 0 && object !== NOBODY;
  const instead = asked ? ` instead of answering ${whom}` : '';
  const kind = event.version > EVENT_VERSION ? undefined : KINDS.find((known) => known === event.kind);
  switch (kind) {
    case 'say':
      return asked ? `${verb('answer')} ${whom}: ${words}` : `${verb('say')}: ${words}`;
    case 'go':
      return `${verb('go')} ${words}${instead}`;
    case 'give':
      return `${verb('give')} ${quantity} ${words} to ${whom}`;
    case 'buy':
    case 'sell':
      return `${verb(kind)} ${quantity} ${words} for ${limit}${gold} gold${instead}`;
    case 'wait':
      return `${verb('wait')}${instead}`;
    case 'arrive':
      return words === '' ? verb('arrive') : `${verb('arrive')} from ${words}`;
    case 'leave':
      return `${verb('leave')} ${words}, over the border${instead}`;
    case 'turn_back':
      return `${verb('turn_back')} at the border: ${words}`;
    case 'no_answer':
      return `${verb('no_answer')} no words${asked ? ` for ${whom}` : ''}`;
    case undefined:
      return `${verb('unknown')} something that this program is too old to show ("${event.kind}")`;
  }
}

/** The former text named the recipient of a gift by number. */
function formerWords({ words, object }: EventFacts, reader: Reader): string {
  const numbered = ` to agent ${object}`;
  return words.endsWith(numbered) ? `${words.slice(0, -numbered.length)} to ${reader.nameOf(object)}` : words;
}
