import { isHere } from './address.ts';
import { admit } from './admission.ts';
import { Banner } from './banner.ts';
import { hostVersion } from './host-version.ts';
import { OwnerView } from './owner-view.ts';
import { PageView } from './page-view.ts';
import { part } from './dom.ts';
import recordingFile from './recording.json?url';
import { ReplayView, momentIn } from './replay-view.ts';
import { recordedWhen, Replay, type Recording } from './replay.ts';
import { sessionTokens } from './session-tokens.ts';
import type { WorldLink } from './world-link.ts';

/** A host that has not answered by then may never do so. */
const PATIENCE_MS = 4_000;

part('live').hidden = false;
const { address, channel, refusal: notLetIn, fragment } = await admit(location);
const tokens = sessionTokens(address);
const world = `${address.database} at ${address.host}`;
if (fragment !== location.hash) history.replaceState(null, '', `${location.pathname}${fragment}`);
addEventListener('hashchange', () => /[#&](host|database|token|open|t)=/.test(location.hash) && location.reload());

let link: WorldLink | undefined;
let ownerView: OwnerView | undefined;
let replay: Replay | undefined;
let isReplaying = false;
/** What the world or its host did not do, in a sentence. */
let refusal = notLetIn;

const moment = momentIn(location.hash);
const controls = new ReplayView();
const banner = new Banner(watch);
const view = new PageView({
  choose(mode) {
    refusal = '';
    if (banner.state === 'recording') controls.jump(mode);
    else link?.setMindMode(mode);
  },
  may: () => banner.state === 'recording' || (link?.owns ?? false),
  why: () => `${refusal} ${whyNot()}`.trim(),
});

/** Why the reader may not switch the minds; empty when they may. */
function whyNot(): string {
  if (banner.state === 'recording') return 'This is a recording: the buttons jump to where its minds were set so.';
  if (banner.state !== 'live') return 'There is no connection.';
  return link?.owns ? '' : 'Only the owner of the world may: open the address that npm start prints next to “live”.';
}

const offer = `Connect to ${address.host}`;
if (address.fault) play(address.fault, offer);
else if (moment !== undefined) play('A link led to this moment of it.', offer);
else if (isHere(location.hostname) && isHere(new URL(address.host).hostname)) watch();
else play('Your own world runs on your machine, and this page asks it for nothing until you say so.', offer);

/** Watches the living world; a recording goes on until that is there. */
function watch(): void {
  let wasLive = false;
  banner.show('connecting', `to ${world}. Your browser may ask whether it may.`);
  const patience = setTimeout(() => play(`${address.host} has not answered yet.`), PATIENCE_MS);
  void import('./world-link.ts').then(({ watchWorld }) => {
    link = watchWorld({
      url: address.host,
      database: address.database,
      tokens,
      tell: (news) => view.tell(news),
      onRefused(reason) {
        refusal = `The world refused: ${reason}.`;
        view.paint();
      },
      onStatus(status) {
        if (status.state === 'live') {
          wasLive = true;
          clearTimeout(patience);
          endReplay();
          banner.show('live', world);
          void nameHost();
          if (channel)
            ownerView ??= new OwnerView({ channel, tell: (news) => view.tell(news), tally: () => link?.tally() });
        } else if (status.state === 'lost' && status.reason.includes('verify token')) {
          // The next attempt, which follows by itself, is a stranger's.
          tokens.forget();
          refusal = 'The host refused the token that this page had: it is of another world.';
        } else if (status.state === 'lost' && wasLive) {
          banner.show('lost', `${status.reason}. Trying again; what you see has stopped.`);
        } else if (status.state === 'lost') {
          clearTimeout(patience);
          link?.close();
          play(`No world called ${address.database} answers at ${address.host} (${status.reason}).`, 'Try again');
        }
        view.paint();
      },
    });
  });
}

async function nameHost(): Promise<void> {
  const version = await hostVersion(address.host);
  if (banner.state === 'live') banner.show('live', `${world}, host ${version}`);
}

/** Shows the recorded run, and why it is not the living world. */
function play(why: string, button?: string): void {
  banner.show('recording', why, button);
  if (isReplaying) return;
  isReplaying = true;
  void fetch(recordingFile)
    .then((response) => response.json() as Promise<Recording>)
    .then((recording) => {
      if (!isReplaying) return;
      replay = new Replay(recording, { tell: (news) => view.tell(news), onMove: () => controls.show() });
      controls.control(replay);
      banner.name(recordedWhen(recording));
      if (moment === undefined) return;
      replay.seek(moment);
      replay.isPaused = true;
    });
}

function endReplay(): void {
  isReplaying = false;
  if (replay) view.tell({ kind: 'thoughts', anew: true, steps: [] });
  replay?.stop();
  replay = undefined;
  controls.control(undefined);
}
