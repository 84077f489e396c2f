import { LogStore } from '../stores/log.ts';
import { RowsStore } from '../stores/rows.ts';
import { NoStore, type Store } from '../stores/store.ts';
import { WriteBehindStore } from '../stores/write-behind.ts';
import type { ServerOptions } from './options.ts';

/** The store that the options name. The control drops what it should write, all but the founding. */
export async function openStore(options: ServerOptions): Promise<Store> {
  const store = await open(options);
  if (options.control !== 'drop-flush') return store;
  let founded = (await store.load()) !== undefined;
  return {
    load: () => store.load(),
    close: () => store.close(),
    commit(delta) {
      if (founded) return Promise.resolve();
      founded = true;
      return store.commit(delta);
    },
  };
}

async function open({ store, database, ...options }: ServerOptions): Promise<Store> {
  switch (store) {
    case 'none':
      return new NoStore();
    case 'rows':
      return await RowsStore.open({ url: database, ...options });
    case 'log':
      return await LogStore.open({ url: database, ...options });
    case 'write-behind':
      return await WriteBehindStore.open({ url: database, ...options });
  }
}
