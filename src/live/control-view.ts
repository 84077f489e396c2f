import { MIND_MODES, type MindMode } from './news.ts';
import { part, write } from './part.ts';
import type { Scene } from './scene.ts';

/** Slows, stops or frees the minds, for whoever owns the world; everybody sees which it is. */
export class ControlView {
  readonly #buttons = MIND_MODES.map((mode) => ({ mode, button: part<HTMLButtonElement>(`mind-${mode}`) }));
  readonly #why = part('mind-why');
  readonly #calls = part('mind-calls');

  constructor(onChoose: (mode: MindMode) => void) {
    for (const { mode, button } of this.#buttons) button.addEventListener('click', () => onChoose(mode));
  }

  /** @param why the minds cannot be controlled, in a sentence */
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
