import { isHere, readAddress, withoutToken } from './address.ts';
import { Banner } from './banner.ts';
import { hostVersion } from './host-version.ts';
import { PageView } from './page-view.ts';
import { part } from './part.ts';
import recordingFile from './recording.json?url';
import { recordedWhen, replay, type Recording } from './replay.ts';
import { sessionTokens } from './session-tokens.ts';
import type { WorldLink } from './world-link.ts';

/** A host that has not answered by then may never do so. */
const PATIENCE_MS = 4_000;

part('live').hidden = false;
const address = readAddress(location.hash);
const tokens = sessionTokens(address);
const world = `${address.database} at ${address.host}`;
if (location.hash.includes('token='))
  history.replaceState(null, '', `${location.pathname}${withoutToken(location.hash)}`);
addEventListener('hashchange', () => /[#&](host|database|token)=/.test(location.hash) && location.reload());

let link: WorldLink | undefined;
let stopReplay: (() => void) | undefined;
/** What the world or its host did not do, in a sentence. */
let refusal = '';

const banner = new Banner(watch);
const view = new PageView({
  choose(mode) {
    refusal = '';
    link?.setMindMode(mode);
  },
  may: () => link?.owns ?? false,
  why() {
    if (banner.state === 'recording') return 'This is a recording: it shows what was done then, and cannot be changed.';
    if (banner.state !== 'live') return 'There is no connection.';
    if (link?.owns) return refusal;
    return `${refusal} Only the owner of the world may: open the address that npm start prints next to “live”.`.trim();
  },
});

const offer = `Connect to ${address.host}`;
if (address.fault) play(address.fault, offer);
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
          stopReplay?.();
          stopReplay = undefined;
          banner.show('live', world);
          void nameHost();
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
  if (stopReplay) return;
  let stopped = false;
  stopReplay = () => (stopped = true);
  void fetch(recordingFile)
    .then((response) => response.json() as Promise<Recording>)
    .then((recording) => {
      if (stopped) return;
      stopReplay = replay(recording, (news) => view.tell(news));
      banner.name(recordedWhen(recording));
    });
}
