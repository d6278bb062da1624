import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { writeMarkdown } from '../../../src/engine/markup/markdown/write-markdown.ts'
import { readPages } from '../../../src/engine/markup/pages/read-pages.ts'
import type { Bookmark } from '../../../src/engine/pdf/outline/read-outline.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'

/** A line at a place; letters are half as wide as they are high. */
function at(left: number, top: number, text: string, fontSize = 10) {
  const box = [left, top, left + (text.length * fontSize) / 2, top + fontSize]
  return { text, box, fontSize }
}

type Line = ReturnType<typeof at> & { readonly bold?: boolean }

/** A line in bold letters. */
function bold(...place: Parameters<typeof at>): Line {
  return { ...at(...place), bold: true }
}

/** Lines that stand together. */
function block(...lines: readonly Line[]) {
  const sides = [0, 1, 2, 3].map((side) => lines.map(({ box }) => box[side] ?? 0))
  const [lefts = [], tops = [], rights = [], bottoms = []] = sides
  const box = [Math.min(...lefts), Math.min(...tops), Math.max(...rights), Math.max(...bottoms)]
  return { box, lines }
}

const LONG = 'a line of text that goes on to the margin of its page'
const bookmark = (title: string, below: readonly Bookmark[] = []): Bookmark => ({
  title,
  goes: undefined,
  isOpen: true,
  below,
})

const CASES: readonly (readonly [
  what: string,
  blocks: readonly ReturnType<typeof block>[],
  markdown: string,
])[] = [
  [
    'paragraphs of lines, which end where a line leaves much free',
    [block(at(10, 10, LONG), at(10, 22, LONG), at(10, 34, 'end.'), at(10, 46, LONG))],
    `${LONG} ${LONG} end.\n\n${LONG}\n`,
  ],
  [
    'paragraphs that begin with an indent',
    [block(at(10, 10, LONG), at(10, 22, LONG), at(25, 34, LONG), at(10, 46, LONG))],
    `${LONG} ${LONG}\n\n${LONG} ${LONG}\n`,
  ],
  [
    'words whole that a hyphen parts, and none that end with one',
    [
      block(
        at(10, 10, `${LONG} is manip-`),
        at(10, 22, `ulated by the ${LONG}-`),
        at(10, 34, 'ASN'),
      ),
    ],
    `${LONG} is manipulated by the ${LONG}- ASN\n`,
  ],
  [
    'headings of larger letters, the largest being the highest',
    [
      block(at(10, 10, 'Title', 24)),
      block(at(10, 40, 'Part', 16)),
      block(at(10, 60, LONG), at(10, 72, LONG)),
      block(at(10, 90, 'Other part', 16)),
      block(at(10, 120, LONG)),
    ],
    `# Title\n\n## Part\n\n${LONG} ${LONG}\n\n## Other part\n\n${LONG}\n`,
  ],
  [
    'no headings of large letters that are a whole paragraph, a number or a line of a table of contents',
    [
      block(...[10, 30, 50, 70].map((top) => at(10, top, LONG, 16))),
      block(at(10, 100, '17', 30)),
      block(at(10, 140, 'Part . . . . . . 3', 16)),
      block(...[200, 212, 224, 236, 248, 260, 272].map((top) => at(10, top, LONG))),
    ],
    `${Array(4).fill(LONG).join(' ')}\n\n17\n\nPart . . . . . . 3\n\n${Array(7).fill(LONG).join(' ')}\n`,
  ],
  [
    'headings of bold letters, below those of larger ones, whether they stand apart or not',
    [
      block(at(10, 10, 'Title', 24)),
      block(bold(10, 40, 'Apart')),
      block(at(10, 60, LONG), bold(10, 72, '1. Within'), at(10, 84, LONG), at(10, 96, LONG)),
      block(bold(10, 120, '2.')),
      block(bold(60, 120, 'Numbered')),
      block(at(10, 140, LONG)),
    ],
    `# Title\n\n## Apart\n\n${LONG}\n\n## 1\\. Within\n\n${LONG} ${LONG}\n\n## 2\\. Numbered\n\n${LONG}\n`,
  ],
  [
    'no headings of bold letters that are a sentence, smaller than others or beside something',
    [
      block(bold(10, 10, 'It is so.')),
      block(bold(10, 40, 'Small print', 8)),
      block(bold(10, 70, 'Total')),
      block(bold(200, 70, 'EUR 7')),
      block(at(10, 90, LONG), at(10, 102, LONG), at(10, 114, LONG)),
    ],
    `It is so.\n\nSmall print\n\nTotal EUR 7\n\n${LONG} ${LONG} ${LONG}\n`,
  ],
  [
    'no headings of bold letters where most are bold',
    [block(bold(10, 10, 'One')), block(bold(10, 40, LONG), bold(10, 52, LONG))],
    `One\n\n${LONG} ${LONG}\n`,
  ],
  [
    'lists of marks and of numbers',
    [
      block(at(10, 10, '• one'), at(10, 22, '• two, which'), at(20, 34, 'goes on')),
      block(at(10, 60, '3. third'), at(10, 72, '4. fourth')),
    ],
    '- one\n- two, which goes on\n\n<!-- -->\n\n3. third\n4. fourth\n',
  ],
  ['no list of a number alone', [block(at(10, 10, '2026. A year'))], '2026\\. A year\n'],
  [
    'tables of rows below each other',
    [
      block(at(10, 10, 'Name')),
      block(at(100, 10, 'Price')),
      block(at(200, 10, 'a | b')),
      block(at(10, 30, 'Anna')),
      block(at(104, 30, '7')),
      block(at(190, 30, '<b>')),
    ],
    '| Name | Price | a \\| b |\n| --- | --- | --- |\n| Anna | 7 | \\<b> |\n',
  ],
  [
    'words beside each other on a line',
    [block(at(10, 10, 'Page')), block(at(300, 10, '7')), block(at(10, 40, LONG))],
    `Page 7\n\n${LONG}\n`,
  ],
]

describe('the text of pages as Markdown', () => {
  const folder = useTemporaryFolder()

  function read(
    blocks: readonly ReturnType<typeof block>[],
    bookmarks: readonly Bookmark[] = [],
  ): string {
    const path = folder.pathTo('pages.json')
    writeFileSync(path, `{"pages":[\n${JSON.stringify({ number: 1, blocks })}\n]}\n`)
    return writeMarkdown(readPages(path, bookmarks))
  }

  for (const [what, blocks, markdown] of CASES) {
    it(`has ${what}`, () => {
      assert.equal(read(blocks), markdown)
    })
  }

  it('has the headings that the bookmarks of the document name', () => {
    const blocks = [
      block(at(10, 10, '1 Introduction')),
      block(at(10, 30, LONG)),
      block(at(10, 60, '1.1 Aim')),
    ]
    const bookmarks = [bookmark('1. Introduction', [bookmark('1.1  Aim')])]
    assert.equal(read(blocks, bookmarks), `# 1 Introduction\n\n${LONG}\n\n## 1.1 Aim\n`)
  })

  it('is empty where there is none', () => {
    assert.equal(read([]).trim(), '')
  })
})
