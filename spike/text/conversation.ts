import { Rejected } from './calls.ts';
import { readCommand } from './command.ts';
import { complete, type Completion } from './completion.ts';
import { ConnectionNews, isRefusal } from './connection-news.ts';
import { COMMANDS } from './help.ts';
import type { NewsKind } from './listening.ts';
import { Player, type PlayerOptions } from './player.ts';
import type { RegionSide } from './region-side.ts';

/** What a line is, so that a terminal can colour it and a page can style it. */
export type LineKind = NewsKind | 'error' | 'good';

export interface ConversationOptions extends Pick<PlayerOptions, 'regions' | 'name'> {
  tokens: ConstructorParameters<typeof ConnectionNews>[0]['tokens'];
  /** Where the tokens are kept, as the player sees it: a file, or the browser. */
  kept: string;
  print: (line: string, kind?: LineKind) => void;
  /** Another world runs at the address now. The client has to end. */
  onOtherWorld: (message: string) => void;
  /** Something may look different now: who is here, where one can go. */
  onChange?: () => void;
}

/** One person's talk with a world, in lines: the same in a terminal and in a page. */
export class Conversation {
  readonly player: Player;
  readonly #options: ConversationOptions;
  readonly #news = new Map<RegionSide, ConnectionNews>();
  /** What the host of each region last said to the token. */
  readonly #knows = new Map<RegionSide, boolean>();

  constructor(options: ConversationOptions) {
    this.#options = options;
    const { regions, name, tokens, print, onChange, onOtherWorld } = options;
    this.player = new Player({
      ...{ regions, name, tokens, onFault: onOtherWorld },
      hear: (line, kind) => print(line, kind),
      onStatus: (status, side) => {
        if (status.state === 'live') this.#knows.set(side, true);
        if (isRefusal(status)) this.#knows.set(side, false);
        this.#newsOf(side).take(status);
        onChange?.();
      },
      ...(onChange && { onChange }),
    });
  }

  /**
   * Enters the world and looks around.
   * @throws Error with the reason when the world rejects the name
   */
  async enter(): Promise<void> {
    const { name, print } = this.#options;
    const own = await this.player.enter().catch((error: unknown) => {
      throw error instanceof Rejected ? new Error(`You can't enter as ${name}: ${error.message}.`) : (error as Error);
    });
    print(`You are ${own}. \`help\` lists what you can do.`, 'faint');
  }

  /** Carries out one typed line. @returns whether the player wants to leave */
  async obey(line: string): Promise<boolean> {
    const { print } = this.#options;
    const { player } = this;
    if (!line.trim()) return false;
    const command = readCommand(line, player.view?.directions() ?? []);
    if (command.verb === 'quit') return true;
    if (command.verb === 'help') COMMANDS.split('\n').forEach((each) => print(each));
    else if (command.verb === 'unknown') print(command.message, 'error');
    else {
      try {
        for (const each of await player.obey(command)) print(each);
      } catch (error) {
        const { message } = error as Error;
        print(error instanceof Rejected ? `You can't ${command.verb}: ${message}.` : message, 'error');
      }
    }
    return false;
  }

  complete(line: string): Completion {
    return complete(line, this.player.view);
  }

  close(): void {
    this.player.close();
  }

  #newsOf(side: RegionSide): ConnectionNews {
    const { length } = this.#options.regions;
    const said = (knows: boolean) => [...this.#knows.values()].filter((each) => each === knows).length;
    const made =
      this.#news.get(side) ??
      new ConnectionNews({
        ...this.#options,
        url: side.address.url,
        ...(length > 1 && {
          title: () => side.title,
          isKnownElsewhere: () => said(true) > 0,
          isUnknownEverywhere: () => said(false) === length,
        }),
      });
    this.#news.set(side, made);
    return made;
  }
}
