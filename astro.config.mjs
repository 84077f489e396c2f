import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { satteri } from '@astrojs/markdown-satteri';
import starlight from '@astrojs/starlight';
import { defineConfig } from 'astro/config';
import { recordMarkdown } from './src/lib/record-markdown.ts';
import { siteRecords } from './src/lib/records.ts';

const root = fileURLToPath(new URL('.', import.meta.url));

const records = siteRecords(root).map(({ number, slug, title }) => ({
  label: `${number} ${title}`,
  slug: `adr/${slug}`,
}));

const pages = (folder, names) => names.map((name) => ({ slug: folder ? `${folder}/${name}` : name }));

export default defineConfig({
  output: 'static',
  ...publishedAt(process.env.SITE_URL),
  markdown: { processor: satteri({ mdastPlugins: [recordMarkdown(root)] }) },
  integrations: [
    starlight({
      title: 'Spellkave: the world runtime',
      description:
        'The decision record on SpacetimeDB as Spellkave’s world runtime, with measured evidence next to it.',
      ...editLink(),
      customCss: ['./src/styles/claims.css', './src/styles/print.css'],
      markdown: { processedDirs: ['./adr/'] },
      components: { PageTitle: './src/components/PageTitle.astro' },
      sidebar: [
        { label: 'Start', link: '/' },
        { label: 'Decisions', items: [{ label: 'All decisions', link: '/adr/' }, ...records] },
        { label: 'Claims', link: '/claims/' },
        { label: 'A world, live', link: '/live/' },
        {
          label: 'Guides',
          items: pages('guides', [
            'run-it',
            'play',
            'run-thinkers',
            'archive',
            'roles',
            'write-a-client',
            'add-a-reducer',
            'add-a-claim',
            'host-it-yourself',
            'move-to-another-host',
          ]),
        },
        {
          label: 'Reference',
          items: pages('reference', [
            'spacetimedb',
            'newer-hosts',
            'bitcraft',
            'other-projects',
            'alternatives',
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
  const { repository } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
  const address = typeof repository === 'string' ? repository : repository?.url;
  const project = /^(?:git\+)?(https:\/\/.+?)(?:\.git)?$/.exec(address ?? '')?.[1];
  return project ? { editLink: { baseUrl: `${project}/edit/main/` } } : {};
}

/** Where the site will be read: absolute addresses and a sitemap need its origin, and links its folder. */
function publishedAt(address) {
  if (!address) return {};
  const { origin, pathname } = new URL(address);
  return { site: origin, base: pathname };
}
