import assert from 'node:assert/strict'
import type { Wire } from '../../src/peers/http/wire.ts'
import { Refusal } from '../../src/peers/refusal.ts'
import { addAbortRule, hasAbortRule } from '../../src/storage/s3/lifecycle-rule.ts'

const BASE = 'https://s3.test/bucket'
const ABORT =
  '<AbortIncompleteMultipartUpload><DaysAfterInitiation>3</DaysAfterInitiation></AbortIncompleteMultipartUpload>'
const OTHER =
  '<Rule><ID>theirs</ID><Filter><Prefix>logs/</Prefix></Filter><Status>Enabled</Status><Expiration><Days>9</Days></Expiration></Rule>'

/** A bucket that has nothing but rules. */
function bucketOf(rules: string | undefined): { wire: Pick<Wire, 'ask'>; rules: () => string } {
  let kept = rules
  return {
    rules: () => kept ?? '',
    wire: {
      async ask({ method = 'GET', url, body }) {
        assert.equal(url.href, `${BASE}?lifecycle=`)
        if (method === 'PUT') kept = String(body)
        else if (kept === undefined) {
          throw new Refusal('missing', 'there are none', { reason: 'NoSuchLifecycleConfiguration' })
        }
        return { status: 200, headers: {}, text: kept ?? '' }
      },
    },
  }
}

describe('the lifecycle rule of a bucket that ends unfinished uploads', () => {
  for (const [what, rules, isThere] of [
    ['no rules', undefined, false],
    ['other rules', OTHER, false],
    ['one for all', `<Rule><Filter/><Status>Enabled</Status>${ABORT}</Rule>`, true],
    ['one that is off', `<Rule><Filter/><Status>Disabled</Status>${ABORT}</Rule>`, false],
    [
      'one for some',
      `<Rule><Filter><Prefix>a/</Prefix></Filter><Status>Enabled</Status>${ABORT}</Rule>`,
      false,
    ],
  ] as const) {
    it(`is ${isThere ? '' : 'not '}there with ${what}, and is once it was added, beside those`, async () => {
      const bucket = bucketOf(rules)
      assert.equal(await hasAbortRule(bucket.wire, BASE), isThere)
      await addAbortRule(bucket.wire, BASE)
      await addAbortRule(bucket.wire, BASE)
      assert.equal(await hasAbortRule(bucket.wire, BASE), true)
      if (rules !== undefined) assert.ok(bucket.rules().includes(rules))
      assert.equal(bucket.rules().match(/darkroom-unfinished-uploads/g)?.length, 1)
    })
  }
})
