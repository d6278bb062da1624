import assert from 'node:assert/strict'
import { DomUtils, parseDocument } from 'htmlparser2'
import { formatReport } from '../../src/cases/case-report.ts'
import { formatTimings } from '../../src/cases/case-timings.ts'
import { type EndedCase, formatTime } from '../../src/cases/ended-case.ts'
import { formatJUnit } from '../../src/cases/junit.ts'

const ODD = `a"b,<c>&'d\u0000 e`

function failed(options: Partial<EndedCase> = {}): EndedCase {
  return {
    name: ODD,
    verdict: { state: 'failed', message: ODD, differences: [ODD, 'more'], output: '' },
    milliseconds: 1234.5,
    workerMilliseconds: 200,
    log: [ODD],
    testCase: undefined,
    actual: undefined,
    ...options,
  }
}

describe('the results of cases', () => {
  it('keep in XML whatever names and messages have in them', () => {
    assert.equal(
      formatJUnit('a&b', [failed()], 2000),
      `<?xml version="1.0" encoding="UTF-8"?>
<testsuite name="Worker unit tests for a&amp;b" time="2.00" tests="1" failures="1" errors="0" skipped="0" expectedErrors="0">
  <testcase name="a&quot;b,&lt;c&gt;&amp;'d\u{fffd} e" time="1.23">
    <failure message="a&quot;b,&lt;c&gt;&amp;'d\u{fffd} e">a&quot;b,&lt;c&gt;&amp;'d\u{fffd} e
more</failure>
  </testcase>
</testsuite>
`,
    )
  })

  it('keep in CSV whatever names have in them', () => {
    const skipped = failed({
      name: 'plain',
      verdict: { state: 'skipped', message: '' },
      milliseconds: undefined,
      workerMilliseconds: undefined,
    })
    assert.equal(
      formatTimings([failed(), skipped], 2000),
      `name,processing time,test time\n"a""b,<c>&'d\u0000 e",0.200,1.234\nplain,,\ntotal,0.200,2.000\n`,
    )
  })

  it('are a page without a link to anywhere else', async () => {
    const page = await formatReport('worker', [failed()], 2000)
    assert.ok(!/(src|href)="(?!#|data:)|@import|url\(/.test(page))
    assert.ok(page.includes('<p>1 case, 1 failed. 2s 0ms.</p>'))
  })

  it('lead on the page from a case to what is wrong with it', async () => {
    const page = parseDocument(await formatReport('worker', [failed({ name: 'a "b"' })], 2000))
    const [link] = DomUtils.getElementsByTagName('a', page)
    const [section] = DomUtils.getElementsByTagName('section', page)
    assert.equal(decodeURIComponent(link?.attribs['href'] ?? ''), `#${section?.attribs['id']}`)
  })

  it('have times in seconds and milliseconds', () => {
    assert.deepEqual([0, 12.7, 1999.9, 61_000].map(formatTime), [
      '0s 0ms',
      '0s 12ms',
      '1s 999ms',
      '61s 0ms',
    ])
  })
})
