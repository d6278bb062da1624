import assert from 'node:assert/strict'
import { availableParallelism } from 'node:os'
import sharp from 'sharp'
import { drawChart } from '../../bench/images/chart.ts'
import { judge } from '../../bench/images/goals.ts'
import { writePage } from '../../bench/images/page.ts'
import { sumUp } from '../../bench/images/results.ts'
import { alignColumns, tabulate, toMarkdown } from '../../bench/images/table.ts'
import { RESULTS } from './results-fixture.ts'

describe('sumUp', () => {
  it('takes medians of times and cores, and the highest peak', () => {
    const costs = [
      { ms: 10, cpuMs: 15, idleMs: 5, peakBytes: 1 },
      { ms: 30, cpuMs: 30, idleMs: 30, peakBytes: 3 },
      { ms: 20, cpuMs: 40, idleMs: 10, peakBytes: 2 },
    ]
    const cores = 0.75 * availableParallelism()
    assert.deepEqual(sumUp(costs), { known: true, ms: 20, cores, peakBytes: 3 })
  })

  it('leaves out what cannot be seen', () => {
    assert.deepEqual(sumUp([{ ms: 10 }]), { known: true, ms: 10 })
  })
})

describe('the table of the image bench', () => {
  it('compares with bare sharp, and has rows for memory and cores', () => {
    assert.equal(
      alignColumns(tabulate(RESULTS)),
      [
        '                               bare sharp       this worker   through its service        SDK with ImageMagick',
        "a large picture's renditions       100 ms    110 ms, 1.10 ×        200 ms, 2.00 ×             3300 ms, 33.0 ×",
        'a picture of < 2 MP & more        8.00 ms     10 ms, 1.25 ×         60 ms, 7.50 ×   exiftool is not installed',
        'a huge picture                    2000 ms   2100 ms, 1.05 ×          not measured   exiftool is not installed',
        '– peak memory of a process         200 MB            210 MB',
        'many pictures                      600 ms    660 ms, 1.10 ×       3000 ms, 5.00 ×   exiftool is not installed',
        '– cores busy                         1.90              1.85',
      ].join('\n'),
    )
  })

  it('is a table of Markdown, too', () => {
    assert.equal(
      toMarkdown([
        ['', 'one'],
        ['a', '1'],
      ]),
      '|  | one |\n|---|---:|\n| a | 1 |',
    )
  })
})

describe('judge', () => {
  it('says of each goal whether it was reached', () => {
    const judgedCores = 1.852 >= 0.9 * availableParallelism()
    const verdicts = judge(RESULTS).map(({ distance, reached }) => [distance, reached])
    assert.deepEqual(verdicts, [
      ['1.10 ×', true],
      ['30.0 × as fast', true],
      ['1.25 ×', false],
      ['1.05 ×', true],
      ['1.10 × the time', judgedCores],
    ])
  })

  it('does not count a goal whose yardstick is not installed', () => {
    const [large, small] = RESULTS
    assert.ok(large && small)
    const findings = judge([{ ...large, results: { ...large.results, sdk: small.results.sdk } }])
    assert.equal(findings[1]?.reached, undefined)
    assert.match(findings[1]?.baseline ?? '', /exiftool is not installed/)
  })
})

describe('the chart of the image bench', () => {
  it('is a picture that shows every time', async () => {
    const svg = drawChart(RESULTS)
    const { format, width, height } = await sharp(Buffer.from(svg)).metadata()
    assert.deepEqual([format, width], ['svg', 880])
    assert.ok(height > 600)
    for (const text of ['8.00 ms', '3300 ms', '33.0 ×', '210 MB', '1.85 cores', 'not measured']) {
      assert.ok(svg.includes(text), text)
    }
  })

  it('escapes what means something in XML', () => {
    assert.match(drawChart(RESULTS), /a picture of &lt; 2 MP &amp; more/)
  })

  it('gives ten times as much the same distance everywhere', () => {
    const x = [
      ...drawChart(RESULTS).matchAll(/<text class="muted" x="([\d.]+)" y="\d+" text-anchor/g),
    ].map(([, position]) => Number(position))
    assert.equal(x.length, 4)
    const distances = x.slice(1).map((position, index) => position - (x[index] ?? 0))
    for (const distance of distances) assert.ok(Math.abs(distance - (distances[0] ?? 0)) < 0.5)
  })

  it('has its own colours for dark pages', () => {
    assert.match(drawChart(RESULTS), /@media \(prefers-color-scheme: dark\)/)
  })
})

describe('the page of the image bench', () => {
  it('has the machine, the table, the goals and how bare sharp was used', () => {
    const page = writePage({
      machine: '2 cores, Any CPU, Node v24',
      libraries: 'sharp 1.2.3',
      results: RESULTS,
      findings: judge(RESULTS),
    })
    assert.ok(page.includes(toMarkdown(tabulate(RESULTS))))
    assert.ok(page.includes('2 cores, Any CPU, Node v24'))
    assert.ok(page.includes("- a large picture's renditions: 1 and 2"))
    assert.match(page, /at most 1\.15 × .*\| missed \|/)
    assert.ok(page.includes('](images/performance.svg)'))
  })
})
