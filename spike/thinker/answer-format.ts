import { ANSWER_SCHEMA } from './answer-schema.ts';
import { ProviderError } from './provider-error.ts';

/** How to ask an endpoint for JSON, the strongest first. */
export const STRUCTURED = ['schema', 'json', 'none'] as const;
export type Structured = (typeof STRUCTURED)[number];

const FORMATS: Record<Structured, object | undefined> = {
  schema: { type: 'json_schema', json_schema: { name: 'answer', strict: true, schema: ANSWER_SCHEMA } },
  json: { type: 'json_object' },
  none: undefined,
};
/** A single answer without the form may be the model's fault. */
const MOST_MISFITS = 2;
/** What endpoints answer to a format that they do not know. */
const REFUSALS = [400, 404, 415, 422, 500, 501];
/** These say that something is wrong with the call, even if they do not say what. */
const VAGUE_REFUSALS = [400, 422];

/**
 * The strongest way to ask for JSON that an endpoint accepts and can hold. It begins with what the user chose, and falls
 * back one step at a time: not all endpoints know schemas, nor even JSON.
 */
export class AnswerFormat {
  #mode: Structured;
  /** Whether the endpoint has accepted this mode before. */
  #isAccepted = false;
  /** Answers in a row that did not have the form. */
  #misfits = 0;

  constructor(mode: Structured) {
    this.#mode = mode;
  }

  get mode(): Structured {
    return this.#mode;
  }

  /**
   * Calls the endpoint, again with a weaker format if it refuses this one.
   * @param call rejects with the endpoint's own error
   */
  async ask<T>(call: (format: object | undefined) => Promise<T>, log: (line: string) => void): Promise<T> {
    let refusal: ProviderError | undefined;
    const begun = this.#mode;
    for (const mode of STRUCTURED.slice(STRUCTURED.indexOf(begun))) {
      try {
        const answer = await call(FORMATS[mode]);
        if (refusal && this.#mode === begun) this.#fallBack(mode, refusal.message, log);
        this.#isAccepted ||= mode === this.#mode;
        return answer;
      } catch (error) {
        const isError = error instanceof ProviderError;
        // The same error without any format was not about the format: the first one says most.
        if (!isError || !this.#mayRefuseFormat(error, mode))
          throw isError && refusal?.status === error.status ? refusal : error;
        refusal ??= error;
      }
    }
    throw refusal ?? new Error(`--structured ${begun} is unknown`);
  }

  /** The endpoint's answer had the form, or had not for this reason. */
  saw(misfit: string | undefined, log: (line: string) => void): void {
    this.#misfits = misfit === undefined ? 0 : this.#misfits + 1;
    const weaker = STRUCTURED[STRUCTURED.indexOf(this.#mode) + 1];
    if (misfit !== undefined && weaker && this.#misfits >= MOST_MISFITS) this.#fallBack(weaker, misfit, log);
  }

  #fallBack(mode: Structured, reason: string, log: (line: string) => void): void {
    log(`the endpoint cannot do --structured ${this.#mode} (${reason}); using ${mode} from now on`);
    this.#mode = mode;
    this.#isAccepted = false;
    this.#misfits = 0;
  }

  #mayRefuseFormat(error: ProviderError, mode: Structured): boolean {
    if (mode === 'none' || error.isOfTheWords || !REFUSALS.includes(error.status)) return false;
    return error.namesFormat || (!this.#isAccepted && VAGUE_REFUSALS.includes(error.status));
  }
}
