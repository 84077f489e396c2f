import type { LastingTokens } from '../../spike/client/token-store.ts';

/** What a browser keeps, or a test. */
export type Store = Pick<Storage, 'getItem' | 'setItem'>;

interface Person {
  name: string;
  token: string;
  /** Tokens that a host rejected. They are kept, because losing one means losing a person. */
  former: string[];
}

/** The people that somebody plays in one world, kept by the browser until its data are deleted. */
export class People {
  readonly #key: string;
  readonly #store: Store | undefined;
  /** Where the browser forbids storage, people last as long as the page. */
  #memory: Person[] = [];

  /** @param world as `worldKey` names it, so that no host is shown the token of another */
  constructor(world: string, store: Store | undefined) {
    this.#key = `spellkave people ${world}`;
    this.#store = store;
  }

  /** Those who can come back, the last one first. */
  get names(): string[] {
    return this.#all()
      .filter(({ token }) => token)
      .map(({ name }) => name);
  }

  tokens(name: string): LastingTokens {
    const own = () => this.#all().find((each) => keyOf(each.name) === keyOf(name));
    const put = (person: Person) =>
      this.#save([person, ...this.#all().filter((each) => keyOf(each.name) !== keyOf(name))]);
    return {
      load: () => own()?.token || undefined,
      save: (token) => put({ name, token, former: own()?.former ?? [] }),
      forget() {
        const { token, former } = own() ?? { token: '', former: [] };
        put({ name, token: '', former: token ? [...former, token] : former });
      },
    };
  }

  #all(): Person[] {
    try {
      return (JSON.parse(this.#store?.getItem(this.#key) ?? 'null') as Person[] | null) ?? this.#memory;
    } catch {
      return this.#memory;
    }
  }

  #save(people: Person[]): void {
    this.#memory = people;
    try {
      this.#store?.setItem(this.#key, JSON.stringify(people));
    } catch {
      // The memory has them.
    }
  }
}

const keyOf = (name: string) => name.normalize('NFC').toLowerCase();
