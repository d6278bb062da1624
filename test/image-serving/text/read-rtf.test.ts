import assert from 'node:assert/strict'
import { isDeepStrictEqual } from 'node:util'
import type { Paragraph, TextRun } from '../../../src/engine/typesetting/text-content.ts'
import { RequestError } from '../../../src/image-serving/request-error.ts'
import { readRtf } from '../../../src/image-serving/text/read-rtf.ts'

const BLACK = { red: 0, green: 0, blue: 0, alpha: 255 }

/** The runs of a text of one paragraph, of each its text and what is not usual of it. */
function runsOf(rtf: string): [string, Partial<TextRun>][] {
  const { paragraphs } = readRtf(rtf)
  assert.equal(paragraphs.length, 1)
  return (paragraphs[0]?.runs ?? []).map(unusual)
}

/** How letters look of which nothing is said. */
const USUAL: Readonly<Record<string, unknown>> = {
  size: 12,
  bold: false,
  italic: false,
  underline: false,
  strike: false,
  position: 'baseline',
  rise: 0,
  spacing: 0,
  stretch: { x: 1, y: 1 },
  kerning: true,
  reversed: false,
  background: undefined,
}

function unusual({ text, font, colour, ...look }: TextRun): [string, Partial<TextRun>] {
  const differing = Object.entries(look).filter(
    ([name, value]) => !isDeepStrictEqual(USUAL[name], value),
  )
  return [
    text,
    {
      ...Object.fromEntries(differing),
      ...(font === undefined ? {} : { font }),
      ...(JSON.stringify(colour) === JSON.stringify(BLACK) ? {} : { colour }),
    },
  ]
}

function rgb(red: number, green: number, blue: number) {
  return { red, green, blue, alpha: 255 }
}

/** The examples of the page r-rtf-encoding-examples, decoded. */
const EXAMPLES: readonly [string, [string, Partial<TextRun>][]][] = [
  [
    String.raw`\fs16eight, \fs32sixteen, \fs60thirty, \fs100fifty`,
    [
      ['eight, ', { size: 8 }],
      ['sixteen, ', { size: 16 }],
      ['thirty, ', { size: 30 }],
      ['fifty', { size: 50 }],
    ],
  ],
  [
    String.raw`\fs48normal, \b1Bold\b0, \i1italic\i0`,
    [
      ['normal, ', { size: 24 }],
      ['Bold', { size: 24, bold: true }],
      [', ', { size: 24 }],
      ['italic', { size: 24, italic: true }],
    ],
  ],
  [
    String.raw`{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset0 Courier New;}{\f2\fcharset0 Palatino Linotype;}}\f0\fs50 Arial, \f1 Courier, \f2 Palatino`,
    [
      ['Arial, ', { size: 25, font: 'Arial' }],
      ['Courier, ', { size: 25, font: 'Courier New' }],
      ['Palatino', { size: 25, font: 'Palatino Linotype' }],
    ],
  ],
  [
    String.raw`{\colortbl ;\red255\green0\blue0;\red0\green128\blue0;\red0\green0\blue255;}\fs48\cf1red, \cf2green, \cf3blue`,
    [
      ['red, ', { size: 24, colour: rgb(255, 0, 0) }],
      ['green, ', { size: 24, colour: rgb(0, 128, 0) }],
      ['blue', { size: 24, colour: rgb(0, 0, 255) }],
    ],
  ],
  [
    String.raw`\fs36normal{\super superscript}normal{\sub subscript}`,
    [
      ['normal', { size: 18 }],
      ['superscript', { size: 18, position: 'superscript' }],
      ['normal', { size: 18 }],
      ['subscript', { size: 18, position: 'subscript' }],
    ],
  ],
  [
    String.raw`normal{\up20raised}normal{\dn20lowered}`,
    [
      ['normal', {}],
      ['raised', { rise: 10 }],
      ['normal', {}],
      ['lowered', { rise: -10 }],
    ],
  ],
]

const LETTERS: readonly [string, string, string][] = [
  ['plain text', 'two words', 'two words'],
  ['a line feed of plain text', 'one\r\ntwo', 'one\ntwo'],
  ['braces and backslashes', String.raw`\{a\} \\`, '{a} \\'],
  ['a byte of Windows-1252', String.raw`\'e4\'80`, 'ä€'],
  ['a letter of Unicode with its stand-in', String.raw`\u8364?5`, '€5'],
  ['a stand-in that is a byte', String.raw`\u228\'e4x`, 'äx'],
  ['letters without stand-ins', String.raw`\uc0\u8364 5`, '€5'],
  ['a negative number of Unicode', String.raw`\u-4064?`, '\uf020'],
  ['a letter of two numbers', String.raw`\u-10179?\u-8704?`, '😀'],
  ['a line', String.raw`a\line b`, 'a\nb'],
  ['blanks and hyphens that do not break', String.raw`a\~b\_c\-d`, 'a\u00a0b-cd'],
  ['words that are not known', String.raw`\foo12 a\bar0 b`, 'ab'],
  ['groups that are not for everybody', String.raw`{\*\generator Word;}a{\info{\title b}}`, 'a'],
  ['characters that cannot be seen', '{a\u0000\u0007b}', 'ab'],
]

const REFUSED: readonly [string, string, RegExp][] = [
  ['a brace that is not closed', '{a', /a \{ that no \} closes/],
  ['a brace that is not opened', 'a}', /a \} that no \{ opens/],
  ['a backslash at the end', 'a\\', /ends with a single backslash/],
  ['braces that are too deep', `${'{'.repeat(5000)}a${'}'.repeat(5000)}`, /deeper than the 100/],
  ['a text that is too long', 'a'.repeat(100_001), /100001 characters, more than the 100000/],
  ['a font without size', String.raw`\fs0 a`, /\\fs0, but a font must be from 1/],
  [
    'letters without a width',
    String.raw`\charscalex0 a`,
    /\\charscalex0, but letters must be from 1/,
  ],
  ['letters of endless height', String.raw`\charscaley1001 a`, /to 1000 per cent/],
]

/** What each control word makes of letters, by the pages on formatting of characters. */
const LETTER_FORMATS: readonly [string, Partial<TextRun>][] = [
  [String.raw`\fs30`, { size: 15 }],
  [String.raw`\b`, { bold: true }],
  [String.raw`\b\b0`, {}],
  [String.raw`\i`, { italic: true }],
  [String.raw`\ul`, { underline: true }],
  [String.raw`\ul\ul0`, {}],
  [String.raw`\strike`, { strike: true }],
  [String.raw`\striked1`, { strike: true }],
  [String.raw`\super`, { position: 'superscript' }],
  [String.raw`\sub`, { position: 'subscript' }],
  [String.raw`\sub\nosupersub`, {}],
  // Half points, of which the default is 6.
  [String.raw`\up`, { rise: 3 }],
  [String.raw`\dn`, { rise: -3 }],
  [String.raw`\dn4`, { rise: -2 }],
  // Quarters of a point, and twentieths of one.
  [String.raw`\expnd6`, { spacing: 1.5 }],
  [String.raw`\expnd-2`, { spacing: -0.5 }],
  [String.raw`\expndtw30`, { spacing: 1.5 }],
  [String.raw`\charscalex150`, { stretch: { x: 1.5, y: 1 } }],
  [String.raw`\charscalex50\charscaley200`, { stretch: { x: 0.5, y: 2 } }],
  // The size in half points above which pairs are moved; 0 turns that off.
  [String.raw`\kerning0`, { kerning: false }],
  [String.raw`\kerning1`, {}],
  [String.raw`\kerning23`, {}],
  [String.raw`\kerning24`, { kerning: false }],
  [String.raw`\rtlch`, { reversed: true }],
  [String.raw`\rtlch\ltrch`, {}],
  [String.raw`{\colortbl ;\red1\green2\blue3;}\cf1`, { colour: rgb(1, 2, 3) }],
  [String.raw`{\colortbl ;\red1\green2\blue3;}\cb1`, { background: rgb(1, 2, 3) }],
  [String.raw`{\colortbl ;\red1\green2\blue3;}\highlight1\highlight0`, {}],
  [String.raw`{\fonttbl{\f3 Arial;}}\f3`, { font: 'Arial' }],
  [String.raw`\deff3{\fonttbl{\f3 Arial;}}`, { font: 'Arial' }],
  [String.raw`\deff3{\fonttbl{\f3 Arial;}{\f4 Times;}}\f4\fs10\plain`, { font: 'Arial' }],
]

/** What each control word makes of lines, by the page on formatting of paragraphs; lengths in points. */
const LINE_FORMATS: readonly [string, Partial<Paragraph>][] = [
  [String.raw`\qj\lastqc`, { align: 'justify', lastAlign: 'centre' }],
  [String.raw`\qj\lastqj`, { align: 'justify', lastAlign: 'justify' }],
  [String.raw`\fi200`, { indent: { first: 10, left: 0, right: 0 } }],
  [String.raw`\li400\fi-200`, { indent: { first: -10, left: 20, right: 0 } }],
  [String.raw`\ri100`, { indent: { first: 0, left: 0, right: 5 } }],
  [String.raw`\sb60\sa40`, { spaceBefore: 3, spaceAfter: 2 }],
  [String.raw`\sl0`, {}],
  [String.raw`\sl400`, { lines: { by: 'least', points: 20 } }],
  [String.raw`\sl-400`, { lines: { by: 'exactly', points: 20 } }],
  [String.raw`\sl360\slmult1`, { lines: { by: 'factor', factor: 1.5 } }],
  [String.raw`\sl360\slmult0`, { lines: { by: 'least', points: 18 } }],
  [String.raw`\tx1440\tx720`, { tabs: [{ at: 36 }, { at: 72 }] }],
  [String.raw`\rtlpar`, { direction: 'rtl' }],
  [String.raw`\qr\li100\sb100\tx10\pard`, {}],
]

/** Bytes, in the code pages of fonts and of texts. */
const BYTES: readonly [string, string, string][] = [
  ['Western European', String.raw`\'e4`, 'ä'],
  ['Cyrillic', String.raw`{\fonttbl{\f1\fcharset204 Arial;}}\f1 \'cc\'e8\'f0`, 'Мир'],
  ['Greek', String.raw`{\fonttbl{\f1\fcharset161 Arial;}}\f1 \'ea\'e1\'e9`, 'και'],
  ['Central European', String.raw`{\fonttbl{\f1\fcharset238 Arial;}}\f1 \'e8\'f8`, 'čř'],
  ['Hebrew', String.raw`{\fonttbl{\f1\fcharset177 Arial;}}\f1 \'f9\'ec\'e5\'ed`, 'שלום'],
  [
    'Japanese, in pairs',
    String.raw`{\fonttbl{\f1\fcharset128 Arial;}}\f1 \'93\'fa\'96\'7b`,
    '日本',
  ],
  [
    'a pair whose second is a letter',
    String.raw`{\fonttbl{\f1\fcharset128 Arial;}}\f1 \'83A.`,
    'ア.',
  ],
  ['half a pair', String.raw`{\fonttbl{\f1\fcharset128 Arial;}}\f1 \'93\b0 a`, '\ufffda'],
  ['of the whole text', String.raw`\ansi\ansicpg1251 \'cc\'e8\'f0`, 'Мир'],
  ['of Macintosh', String.raw`\mac \'8a`, 'ä'],
  ['of a font by the number of its page', String.raw`{\fonttbl{\f1\cpg1253 Arial;}}\f1 \'e1`, 'α'],
]

describe('the text of a layer', () => {
  for (const [words, expected] of LETTER_FORMATS) {
    it(`makes letters of ${words}`, () => {
      assert.deepEqual(runsOf(`${words}{}a`), [['a', expected]])
    })
  }

  for (const [words, expected] of LINE_FORMATS) {
    it(`makes lines of ${words}`, () => {
      const [paragraph] = readRtf(`${words} a`).paragraphs
      assert.ok(paragraph)
      const { runs: _, ...said } = paragraph
      const usual = {
        align: 'left',
        lastAlign: 'left',
        indent: undefined,
        spaceBefore: 0,
        spaceAfter: 0,
        lines: undefined,
        tabs: [],
        direction: undefined,
      }
      assert.deepEqual(said, { ...usual, ...expected })
    })
  }

  for (const [name, rtf, expected] of BYTES) {
    it(`reads bytes ${name}`, () => {
      const [paragraph] = readRtf(rtf).paragraphs
      assert.equal(paragraph?.runs.map(({ text }) => text).join(''), expected)
    })
  }

  it('makes capitals, and small ones of small letters', () => {
    assert.deepEqual(runsOf(String.raw`\caps Straße`), [['STRASSE', {}]])
    assert.deepEqual(runsOf(String.raw`\scaps Ab Cd`), [
      ['A', {}],
      ['B', { size: 12 * 0.8 }],
      [' C', {}],
      ['D', { size: 12 * 0.8 }],
    ])
    assert.deepEqual(runsOf(String.raw`\caps\caps0 ab`), [['ab', {}]])
  })

  for (const [rtf, expected] of EXAMPLES) {
    it(`reads ${rtf.slice(0, 60)}`, () => {
      assert.deepEqual(runsOf(rtf), expected)
    })
  }

  for (const [name, rtf, expected] of LETTERS) {
    it(`reads ${name}`, () => {
      assert.deepEqual(runsOf(rtf), [[expected, {}]])
    })
  }

  for (const [name, rtf, message] of REFUSED) {
    it(`refuses ${name}`, () => {
      assert.throws(
        () => readRtf(rtf),
        (error) => error instanceof RequestError && message.test(error.message),
      )
    })
  }

  it('has paragraphs, each with its alignment', () => {
    const { paragraphs } = readRtf(String.raw`a\par\qc b\par\qr c\par{\qj d}`)
    const read = paragraphs.map(({ align, runs }: Paragraph) => [align, runs[0]?.text])
    assert.deepEqual(read, [
      ['left', 'a'],
      ['centre', 'b'],
      ['right', 'c'],
      ['justify', 'd'],
    ])
  })

  it('has a place in the height of its box', () => {
    assert.equal(readRtf('a').vertical, 'top')
    assert.equal(readRtf(String.raw`\vertalc\qc a`).vertical, 'middle')
    assert.equal(readRtf(String.raw`{\vertalb a}`).vertical, 'bottom')
  })

  it('ends what a group says with the group', () => {
    assert.deepEqual(runsOf(String.raw`{\b a{\i b}c}d`), [
      ['a', { bold: true }],
      ['b', { bold: true, italic: true }],
      ['c', { bold: true }],
      ['d', {}],
    ])
  })

  it('has every kind of underlining that there is, as one', () => {
    for (const word of ['ul', 'uldb', 'ulwave', 'ulth']) {
      assert.deepEqual(runsOf(`\\${word} a\\ulnone b`), [
        ['a', { underline: true }],
        ['b', {}],
      ])
    }
  })

  it('goes back to usual letters with \\plain', () => {
    assert.deepEqual(runsOf(String.raw`\b\fs40 a\plain b`), [
      ['a', { bold: true, size: 20 }],
      ['b', {}],
    ])
  })

  it('takes colours of inks where there are no others, and black for those that there are not', () => {
    const rtf = String.raw`{\colortbl;\red1\green2\blue3;}{\cmykcolortbl;\cyan0\magenta0\yellow0\black0;\cyan0\magenta100\yellow100\black0;}\cf1 a\cf2 b\cf9 c`
    assert.deepEqual(runsOf(rtf), [
      ['a', { colour: rgb(1, 2, 3) }],
      ['b', { colour: rgb(255, 0, 0) }],
      ['c', {}],
    ])
  })

  it('ends with a text or a sentence whatever is written', () => {
    const pieces = [
      '{',
      '}',
      '\\',
      '\\b',
      '\\fs',
      '24',
      '\\u',
      "\\'e4",
      ' ',
      'x',
      '*',
      '\\*',
      ';',
      '\\f1',
      '\\par',
      '\\fcharset128',
      '\\sl-20',
      '\\tx',
      "\\'93",
    ]
    let state = 7
    const next = (most: number): number => {
      state = (state * 48_271) % 2_147_483_647
      return state % most
    }
    let read = 0
    for (let round = 0; round < 3000; round += 1) {
      const rtf = Array.from({ length: next(12) }, () => pieces[next(pieces.length)]).join('')
      try {
        readRtf(rtf)
        read += 1
      } catch (error) {
        assert.ok(error instanceof RequestError, `${rtf}: ${String(error)}`)
      }
    }
    assert.ok(read > 100)
  })
})
