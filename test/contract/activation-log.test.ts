import assert from 'node:assert/strict'
import { readLog, textOfLogLine } from '../../src/contract/activation-log.ts'

/** Each as OpenWhisk has it in a log, a millisecond apart. */
function stamp(...texts: readonly string[]): string[] {
  return texts.map((text, at) => {
    const [stream, said] = text.startsWith('! ') ? ['stderr', text.slice(2)] : ['stdout', text]
    return `2026-11-30T09:26:38.${String(at).padStart(3, '0')}00000${at % 10}Z ${stream}: ${said}`
  })
}

function ownOf(...texts: readonly string[]): string[] {
  return readLog(stamp(...texts))
    .filter(({ isOwn }) => isOwn)
    .map(({ text }) => text)
}

const BEGIN = [
  '! Sending of New Relic Metrics have been disabled.',
  'Using worker callback (`worker#AssetComputeWorker`)',
  'source downloaded in 0.001 seconds',
]
const call = (index: number): string[] => [
  `[rendition ${index}] generating rendition${index}.png`,
  `[rendition ${index}] instructions for 'worker()' callback: : {`,
  "  name: 'a.png',",
  '  userData: {',
  '  },',
  '}',
]
const made = (index: number): string[] => [
  `[rendition ${index}] worker() callback generated rendition in 0.171 seconds: rendition${index}.png`,
  `[rendition ${index}] uploading rendition`,
]

describe('the log of an activation', () => {
  it('has a time, a stream and a text in each line', () => {
    const [line] = readLog(['2026-11-30T09:26:38.278000012Z stderr: hello'])
    assert.deepEqual(line, {
      whole: '2026-11-30T09:26:38.278000012Z stderr: hello',
      time: Date.UTC(2026, 10, 30, 9, 26, 38, 278),
      isError: true,
      text: 'hello',
      isOwn: true,
    })
    const [bare] = readLog(['GET https://example.com/'])
    assert.deepEqual([bare?.time, bare?.text], [undefined, 'GET https://example.com/'])
    assert.equal(textOfLogLine('2026-11-30T09:26:38.278000012Z stdout: '), '')
  })

  const cases: readonly { of: string; texts: readonly string[]; own: readonly string[] }[] = [
    { of: 'a worker that prints nothing', texts: [...BEGIN, ...call(0), ...made(0)], own: [] },
    {
      of: 'a worker that prints, in lines with the number of the rendition and without',
      texts: [...BEGIN, ...call(0), '[rendition 0] opened', 'second line', ...made(0)],
      own: ['[rendition 0] opened', 'second line'],
    },
    {
      of: 'several renditions, one after the other',
      texts: [...BEGIN, ...call(0), '[rendition 0] one', ...made(0), ...call(1), 'two', ...made(1)],
      own: ['[rendition 0] one', 'two'],
    },
    {
      of: 'instructions that fit into one line',
      texts: [
        ...BEGIN,
        "[rendition 0] instructions for 'worker()' callback: : { fmt: 'png' }",
        'mine',
        ...made(0),
      ],
      own: ['mine'],
    },
    {
      of: 'a worker that throws, with the stack that the SDK prints',
      texts: [
        ...BEGIN,
        ...call(0),
        'about to fail',
        '[rendition 0] worker() callback processing failed with error after 0.1 seconds: no',
        '[rendition 0] Webhook : successfully sent event',
        '! Error: no',
        '!     at main (file:///worker.ts:3:9)',
      ],
      own: ['about to fail', 'Error: no', '    at main (file:///worker.ts:3:9)'],
    },
    {
      of: 'a worker of many renditions at once',
      texts: [
        'Using worker callback (`AssetComputeWorker`)',
        'generating all 2 renditions...',
        "[rendition 0] instructions for 'batchWorker()' callback: : { fmt: 'png' }",
        "[rendition 1] instructions for 'batchWorker()' callback: : { fmt: 'jpg' }",
        'both at once',
        'processing finished successfully after 0.2 seconds',
        '[rendition 0] uploading rendition',
      ],
      own: ['both at once'],
    },
    {
      of: 'what is printed as the module is loaded',
      texts: ['loaded', ...BEGIN, ...call(0), ...made(0)],
      own: ['loaded'],
    },
    { of: 'an action that is none of the SDK', texts: ['one', '! two'], own: ['one', 'two'] },
    { of: 'an empty log', texts: [], own: [] },
  ]
  for (const { of, texts, own } of cases) {
    it(`tells the worker's own lines: ${of}`, () => {
      assert.deepEqual(ownOf(...texts), own)
    })
  }

  it('keeps every line', () => {
    const lines = [...stamp(...BEGIN, ...call(0), ...made(0)), '… 3 more lines']
    assert.deepEqual(
      readLog(lines).map(({ whole }) => whole),
      lines,
    )
  })
})
