import assert from 'node:assert/strict'
import type { TimedExchange } from '../../../../src/doors/page/requests/assignments.ts'
import { findSpans } from '../../../../src/doors/page/requests/spans.ts'

const SOURCE = 'https://localhost/source.png'
const EVENTS = 'https://localhost/events'
const TARGETS = ['https://localhost/a', 'https://localhost/b', 'https://localhost/c']

function exchange(
  method: string,
  url: string | undefined,
  start: number,
  end: number,
): TimedExchange {
  return { method, url: url ?? '', start, end }
}

interface Row {
  what: string
  exchanges: TimedExchange[]
  /** Of each rendition. */
  spans: [step: string, start: number, end: number][][]
}

const ROWS: Row[] = [
  {
    what: 'renditions that are made one after the other',
    exchanges: [
      exchange('HEAD', SOURCE, 10, 11),
      exchange('GET', SOURCE, 12, 20),
      exchange('PUT', TARGETS[0], 50, 60),
      exchange('POST', EVENTS, 61, 65),
      exchange('PUT', TARGETS[1], 70, 80),
      exchange('POST', EVENTS, 82, 85),
    ],
    spans: [
      [
        ['download', 10, 20],
        ['render', 20, 50],
        ['upload', 50, 60],
        ['event', 61, 65],
      ],
      [
        ['download', 10, 20],
        ['render', 65, 70],
        ['upload', 70, 80],
        ['event', 82, 85],
      ],
    ],
  },
  {
    what: 'a rendition that fails between others',
    exchanges: [
      exchange('GET', SOURCE, 10, 20),
      exchange('PUT', TARGETS[0], 30, 31),
      exchange('POST', EVENTS, 32, 33),
      exchange('POST', EVENTS, 40, 41),
      exchange('PUT', TARGETS[2], 50, 51),
      exchange('POST', EVENTS, 52, 53),
    ],
    spans: [
      [
        ['download', 10, 20],
        ['render', 20, 30],
        ['upload', 30, 31],
        ['event', 32, 33],
      ],
      [
        ['download', 10, 20],
        ['render', 33, 40],
        ['event', 40, 41],
      ],
      [
        ['download', 10, 20],
        ['render', 41, 50],
        ['upload', 50, 51],
        ['event', 52, 53],
      ],
    ],
  },
  {
    what: 'an upload in several attempts, without a source',
    exchanges: [
      exchange('GET', 'https://elsewhere/', 1, 2),
      exchange('PUT', TARGETS[0], 30, 31),
      exchange('PUT', TARGETS[0], 35, 40),
      exchange('POST', EVENTS, 41, 45),
    ],
    spans: [
      [
        ['render', 5, 30],
        ['upload', 30, 40],
        ['event', 41, 45],
      ],
    ],
  },
  {
    what: 'an activation that died in the download',
    exchanges: [exchange('GET', SOURCE, 10, 20)],
    spans: [[['download', 10, 20]], [['download', 10, 20]]],
  },
]

describe('the spans of an activation', () => {
  for (const { what, exchanges, spans } of ROWS) {
    it(`are those of ${what}`, () => {
      const source = exchanges.some(({ url }) => url === SOURCE) ? SOURCE : undefined
      const renditions = spans.map((_, index) => ({
        position: index + 7,
        target: TARGETS[index] ?? '',
      }))
      const found = findSpans({ requestId: 'one', works: true, source, renditions }, exchanges, {
        eventsUrl: EVENTS,
        start: 5,
      })
      assert.deepEqual(
        [...found],
        spans.map((each, index) => [
          index + 7,
          each.map(([step, start, end]) => ({ step, start, end })),
        ]),
      )
    })
  }
})
