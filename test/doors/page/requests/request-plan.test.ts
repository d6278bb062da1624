import assert from 'node:assert/strict'
import type { Instructions } from '../../../../src/contract/instructions/instruction.ts'
import type { KeptSource } from '../../../../src/doors/page/api.ts'
import { planRequests } from '../../../../src/doors/page/requests/request-plan.ts'

function source(name: string): KeptSource {
  return { id: `id of ${name}`, name, type: 'image/png', size: 1 }
}

const [photo, other, logo] = ['photo.jpg', 'other.jpg', 'logo.png'].map(source)
const small: Instructions = { fmt: 'png', width: 48 }
const marked: Instructions = { fmt: 'png', watermark: { image: './logo.png' } }
const zip: Instructions = { fmt: 'zip' }

interface Row {
  what: string
  sources: (KeptSource | undefined)[]
  renditions: Instructions[]
  /** Of each request the name of its source, those of its files, and its renditions. */
  requests: [source: string | undefined, files: string[], renditions: Instructions[]][]
}

const filesOf = (...names: string[]) => names.map((path) => ({ url: `./${path}`, path }))

const ROWS: Row[] = [
  {
    what: 'a request for each source',
    sources: [photo, other],
    renditions: [small],
    requests: [
      ['photo.jpg', [], [small]],
      ['other.jpg', [], [small]],
    ],
  },
  {
    what: 'no source of what the instructions name',
    sources: [photo, logo],
    renditions: [small, marked],
    requests: [['photo.jpg', ['logo.png'], [small, marked]]],
  },
  {
    what: 'a source of what is named when there is nothing else',
    sources: [logo],
    renditions: [marked],
    requests: [['logo.png', ['logo.png'], [marked]]],
  },
  {
    what: 'one archive of all sources when it names none',
    sources: [photo, other],
    renditions: [zip],
    requests: [
      [
        undefined,
        ['photo.jpg', 'other.jpg'],
        [{ ...zip, files: filesOf('photo.jpg', 'other.jpg') }],
      ],
    ],
  },
  {
    what: 'one archive of what it names',
    sources: [photo, other, logo],
    renditions: [{ ...zip, files: ['./logo.png', './photo.jpg'] }],
    requests: [
      [undefined, ['photo.jpg', 'logo.png'], [{ ...zip, files: ['./logo.png', './photo.jpg'] }]],
    ],
  },
  {
    what: 'archives in a request beside those of the sources',
    sources: [photo, other],
    renditions: [small, { ...zip, files: ['./photo.jpg'] }],
    requests: [
      ['photo.jpg', [], [small]],
      ['other.jpg', [], [small]],
      [undefined, ['photo.jpg'], [{ ...zip, files: ['./photo.jpg'] }]],
    ],
  },
  {
    what: 'no archive of its own for a worker of somebody',
    sources: [photo],
    renditions: [{ ...zip, worker: 'https://example.com/worker' }],
    requests: [['photo.jpg', [], [{ ...zip, worker: 'https://example.com/worker' }]]],
  },
  {
    what: 'one request when there are no sources',
    sources: [],
    renditions: [small, zip],
    requests: [[undefined, [], [small, zip]]],
  },
  {
    what: 'names of their own for sources of one name',
    sources: [logo, { ...source('LOGO.png'), id: 'second' }],
    renditions: [{ fmt: 'png', watermark: { image: './LOGO-2.png' } }],
    requests: [
      ['logo.png', ['LOGO-2.png'], [{ fmt: 'png', watermark: { image: './LOGO-2.png' } }]],
    ],
  },
]

describe('a run', () => {
  for (const { what, sources, renditions, requests } of ROWS) {
    it(`makes ${what}`, () => {
      const given = sources.filter((each) => each !== undefined)
      assert.deepEqual(
        planRequests(given, renditions).map((each) => [
          each.source?.name,
          each.files.map(({ name }) => name),
          each.renditions,
        ]),
        requests,
      )
    })
  }

  it('is refused when it names what is not there', () => {
    const sources = [photo, other].filter((each) => each !== undefined)
    assert.throws(() => planRequests(sources, [marked]), {
      status: 400,
      message: 'The instructions name "./logo.png", but the sources are ./photo.jpg, ./other.jpg.',
    })
    assert.throws(() => planRequests([], [marked]), {
      status: 400,
      message: 'The instructions name "./logo.png", but there are no sources.',
    })
  })

  it('is refused when nobody would see its end', () => {
    const sources = Array.from({ length: 1000 }, (_, index) => source(`${index}.png`))
    const renditions = Array.from({ length: 11 }, () => small)
    assert.throws(() => planRequests(sources, renditions), {
      status: 400,
      message:
        '11 renditions of 1000 sources are 11000, but at most 10000 are made at once; take fewer sources.',
    })
    assert.equal(planRequests(sources, renditions.slice(1)).length, 1000)
  })
})
