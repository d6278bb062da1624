import { cpSync, rmSync } from 'node:fs'
import path from 'node:path'
import { defineConfig } from 'vitepress'
import { anchorOf, NAVIGATION, placeOf } from './navigation.ts'

const FILES = NAVIGATION.flatMap(({ pages }) => pages.map(([, file]) => file))
const PROJECT = path.resolve(import.meta.dirname, '../../..')

/** The pages are built as copies, since Vite looks for its packages beside what it builds. */
const COPIES = path.resolve(import.meta.dirname, '../pages')

rmSync(COPIES, { recursive: true, force: true })
for (const name of [...FILES, 'docs/images', 'samples/harbour.jpg'])
  cpSync(path.join(PROJECT, name), path.join(COPIES, name), { recursive: true })

/**
 * Where a link of a page leads to on the site.
 *
 * @param page - the file of the page, as a path
 * @returns undefined for what is in this project and no page of the site, such as LICENSE
 */
function targetOf(link: string, page: string): string | undefined {
  if (/^(?:#|[a-z]+:)/.test(link)) return link
  const [, target = '', anchor = ''] = /^([^#]*)(.*)$/.exec(link) ?? []
  const file = path.relative(COPIES, path.resolve(path.dirname(page), target))
  // A page that there is not is left for VitePress to refuse.
  if (!FILES.some((each) => each === file)) return file.endsWith('.md') ? link : undefined
  return `/${placeOf(file).replace(/^index$/, '')}${anchor}`
}

export default defineConfig({
  title: 'Darkroom',
  description: 'Asset Compute workers, and the whole service around them on one laptop',
  srcDir: COPIES,
  outDir: '../../dist/site',
  cleanUrls: false,
  rewrites: Object.fromEntries(FILES.map((file) => [file, `${placeOf(file)}.md`])),
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    sidebar: NAVIGATION.map(({ text, pages }) => ({
      text,
      items: pages.map(([title, file]) => ({ text: title, link: `/${placeOf(file)}` })),
    })),
  },
  markdown: {
    anchor: { slugify: anchorOf },
    config(md) {
      // Pictures in HTML, as GitHub has them, become files of the site as well.
      md.core.ruler.push('pictures', ({ tokens }) => {
        for (const token of tokens)
          if (token.type === 'html_block')
            token.content = token.content.replaceAll(/(src|srcset)="(?![./]|https?:)/g, '$1="./')
      })
      // Links lead to where pages are on the site; what is not there is named and not linked to.
      md.core.ruler.push('links', ({ tokens, env }) => {
        for (const { children } of tokens) {
          const hidden: boolean[] = []
          for (const token of children ?? []) {
            if (token.type === 'link_open') {
              const target = targetOf(token.attrGet('href') ?? '', env.realPath ?? env.path)
              hidden.push(target === undefined)
              if (target === undefined)
                [token.type, token.tag, token.attrs] = ['span', 'span', null]
              else token.attrSet('href', target)
            } else if (token.type === 'link_close' && hidden.pop() === true) {
              ;[token.type, token.tag] = ['span', 'span']
            }
          }
        }
      })
    },
  },
})
