import { MIND_MODES, type MindMode } from './news.ts';
import { part, write } from './dom.ts';
import type { Scene } from './scene.ts';

/** The buttons that slow, stop or free the minds. Only the owner can press them; everybody sees which is on. */
export class MindModeView {
  readonly #buttons = MIND_MODES.map((mode) => ({ mode, button: part<HTMLButtonElement>(`mind-${mode}`) }));
  readonly #why = part('mind-why');
  readonly #calls = part('mind-calls');

  constructor(onChoose: (mode: MindMode) => void) {
    for (const { mode, button } of this.#buttons) button.addEventListener('click', () => onChoose(mode));
  }

  /** @param why the buttons are disabled, in a sentence */
  show({ minds }: Scene, may: boolean, why: string): void {
    for (const { mode, button } of this.#buttons) {
      const pressed = String(minds?.mode === mode);
      if (button.ariaPressed !== pressed) button.ariaPressed = pressed;
      if (button.disabled === may) button.disabled = !may;
    }
    write(this.#calls, minds ? `At most ${minds.callsPerMinute} calls a minute, all minds together.` : '');
    write(this.#why, why);
  }
}
