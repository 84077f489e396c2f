import { worldKey } from '../../spike/client/world-key.ts';
import type { Conversation } from '../../spike/text/conversation.ts';
import { isHere } from '../live/address.ts';
import { part, write } from '../live/dom.ts';
import { ChoicesView } from './choices-view.ts';
import { People, type Store } from './people.ts';
import { Transcript } from './transcript.ts';
import { Typing } from './typing.ts';
import { readWorldAddress } from './world-address.ts';

/** Under this key a tab remembers whom it plays. */
const CURRENT = 'spellkave current person';
/** What is around the player is shown anew at most this often. */
const REFRESH_MS = 400;

const stored = (kind: 'localStorage' | 'sessionStorage'): Store | undefined => {
  try {
    return window[kind];
  } catch {
    return undefined;
  }
};

const { regions, fault } = readWorldAddress(location.hash);
const world = regions.map(worldKey)[0] ?? '';
/** The hosts, as a sentence names them. */
const hosts = [...new Set(regions.map(({ url }) => url))].join(' and ');
const people = new People(world, stored('localStorage'));
const tab = stored('sessionStorage');
const transcript = new Transcript(part('transcript'), tab);
let conversation: Conversation | undefined;
let refresh: ReturnType<typeof setTimeout> | undefined;

const choices = new ChoicesView({ say: (line) => void say(line), begin: (line) => typing.begin(line) });
const typing = new Typing({
  form: part<HTMLFormElement>('speak'),
  input: part<HTMLInputElement>('line'),
  offers: part('offers'),
  complete: (line) => conversation?.complete(line) ?? { word: '', fitting: [] },
  say: (line) => void say(line),
});

part('play').hidden = false;
showDoor(fault ?? '');
const name = part<HTMLInputElement>('name');
part('enter').addEventListener('submit', (event) => {
  event.preventDefault();
  void enter(name.value.trim());
});
part('leave').addEventListener('click', () => leave());
addEventListener('hashchange', () => location.reload());

// A published page asks the visitor's machine for nothing before a click.
const current = tab?.getItem(CURRENT);
if (current && isHere(location.hostname) && people.names.includes(current)) void enter(current);

async function enter(own: string): Promise<void> {
  if (!own || conversation) return;
  write(part('enter-why'), `Looking for a world at ${hosts}.`);
  const { Conversation } = await import('../../spike/text/conversation.ts');
  const isBack = transcript.open(`${world} ${own}`);
  const made = new Conversation({
    ...{ regions, name: own, tokens: people.tokens(own), kept: 'this browser' },
    print: (line, kind) => transcript.add(line, kind),
    onOtherWorld(message) {
      leave(message);
    },
    onChange: refreshSoon,
  });
  conversation = made;
  const patience = setTimeout(() => write(part('enter-why'), `${unreached(made)} Still looking.`), 4_000);
  try {
    await made.enter();
    if (conversation !== made) return;
    tab?.setItem(CURRENT, own);
    write(part('enter-why'), '');
    part('room').hidden = false;
    part('enter').hidden = true;
    part('intro').hidden = true;
    await made.obey('look');
    if (!isBack) part('line').focus();
    refreshNow();
  } catch (error) {
    leave((error as Error).message);
  } finally {
    clearTimeout(patience);
  }
}

async function say(line: string): Promise<void> {
  transcript.add(line, 'typed');
  if (await conversation?.obey(line)) leave();
  refreshNow();
}

function refreshSoon(): void {
  refresh ??= setTimeout(refreshNow, REFRESH_MS);
}

function refreshNow(): void {
  clearTimeout(refresh);
  refresh = undefined;
  const { player } = conversation ?? {};
  if (!player || part('room').hidden) return;
  const { view, whereabouts } = player;
  // While the region does not answer, the transcript says so and what was seen stays.
  if (whereabouts === undefined) return;
  write(part('who'), player.ownName);
  write(part('where'), `, ${whereabouts}`);
  choices.show(view);
  typing.offer();
}

/** Which host or region keeps somebody at the door. */
function unreached({ player: { silent } }: Conversation): string {
  if (silent.length < regions.length) return `${silent.join(' and ')} does not answer, and you may live there.`;
  return `No world answers at ${hosts}: npm start starts one.`;
}

function leave(why = ''): void {
  conversation?.close();
  conversation = undefined;
  try {
    sessionStorage.removeItem(CURRENT);
  } catch {
    // Nothing was kept.
  }
  showDoor(why);
}

/** The form to enter by, with those whom this browser has been. */
function showDoor(why: string): void {
  part('room').hidden = true;
  part('enter').hidden = false;
  part('intro').hidden = false;
  write(part('enter-why'), why);
  part('known').hidden = people.names.length === 0;
  part('known').replaceChildren(
    ...people.names.map((known) => {
      const button = document.createElement('button');
      Object.assign(button, { type: 'button', className: 'button' });
      write(button, `Continue as ${known}`);
      button.addEventListener('click', () => void enter(known));
      return button;
    }),
  );
}
