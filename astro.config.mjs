import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { satteri } from '@astrojs/markdown-satteri';
import starlight from '@astrojs/starlight';
import { defineConfig } from 'astro/config';
import { siteMarkdown } from './src/lib/record-markdown.ts';
import { siteRecords } from './src/lib/records.ts';
import { reloadRecords } from './src/lib/reload-records.ts';
import { repositoryOf } from './src/lib/repository.ts';
import { hrefUnder } from './src/lib/site-path.ts';
import { nestedCheckouts } from './spike/own-files.ts';

const root = fileURLToPath(new URL('.', import.meta.url));

// Astro makes a page or a file of everything in these folders, and has no setting to leave something out.
const amongPages = nestedCheckouts(root).find((folder) => /^(?:src\/pages|public)\//.test(folder));
if (amongPages) throw new Error(`${amongPages} is another checkout, and would become part of the site: move it away.`);

const records = siteRecords(root).map(({ number, slug, title }) => ({
  label: `${number} ${title}`,
  slug: `adr/${slug}`,
}));

const pages = (folder, names) => names.map((name) => ({ slug: folder ? `${folder}/${name}` : name }));

const published = publishedAt(process.env.SITE_URL);

export default defineConfig({
  output: 'static',
  ...published,
  markdown: { processor: satteri({ mdastPlugins: siteMarkdown(root, hrefUnder(published.base)) }) },
  integrations: [
    reloadRecords(root),
    starlight({
      title: 'Spellkave: the world runtime',
      description:
        'The decision record on SpacetimeDB as Spellkave’s world runtime, with measured evidence next to it.',
      ...editLink(),
      head: preview(published),
      customCss: ['./src/styles/claims.css', './src/styles/print.css'],
      markdown: { processedDirs: ['./adr/'] },
      components: { PageTitle: './src/components/PageTitle.astro' },
      sidebar: [
        { label: 'Start', link: '/' },
        { label: 'Decisions', items: [{ label: 'All decisions', link: '/adr/' }, ...records] },
        { label: 'Claims', link: '/claims/' },
        ...pages('', ['capacity']),
        { label: 'A world, live', link: '/live/' },
        { label: 'Play', link: '/play/' },
        {
          label: 'Guides',
          items: pages('guides', [
            'run-it',
            'play',
            'run-thinkers',
            'connect-a-model',
            'archive',
            'roles',
            'write-a-client',
            'add-a-reducer',
            'add-a-claim',
            'host-it-yourself',
            'several-regions',
            'move-to-another-host',
            'leave',
            'the-rival',
          ]),
        },
        {
          label: 'Reference',
          items: pages('reference', [
            'spacetimedb',
            'newer-hosts',
            'beyond-one-machine',
            'bitcraft',
            'other-projects',
            'alternatives',
            'comparison',
            'postgresql',
          ]),
        },
        ...pages('', ['architecture', 'glossary', 'contributing']),
      ],
    }),
  ],
});

/** A page can be edited in place once package.json says where the repository is. */
function editLink() {
  const repository = repositoryOf(JSON.parse(readFileSync(`${root}package.json`, 'utf8')));
  return repository ? { editLink: { baseUrl: `${repository}/edit/main/` } } : {};
}

/** The picture that other sites show next to a link. They want its whole address, which only a published site has. */
function preview({ site, base }) {
  const path = hrefUnder(base)('/og.png');
  const properties = {
    'og:image': site ? new URL(path, site).href : path,
    'og:image:width': '1200',
    'og:image:height': '630',
    'og:image:alt':
      'The verdict of the decision, its three key figures, and the clock that keeps time while thoughts pile up.',
  };
  return Object.entries(properties).map(([property, content]) => ({ tag: 'meta', attrs: { property, content } }));
}

/** Where the site will be read: absolute addresses and a sitemap need its origin, and links its folder. */
function publishedAt(address) {
  if (!address) return { base: '/' };
  if (!URL.canParse(address) || !/^https?:/.test(address))
    throw new Error(`SITE_URL ${address} is not an address: use one such as https://owner.github.io/world.`);
  const { origin, pathname } = new URL(address);
  return { site: origin, base: pathname };
}
