import { createHash } from 'node:crypto'
import type { Wire } from '../../peers/http/wire.ts'
import { readXml } from '../../peers/http/xml.ts'
import { Refusal } from '../../peers/refusal.ts'

/** What the rule is called that {@link addAbortRule} adds. */
const RULE_ID = 'darkroom-unfinished-uploads'

/** After how many days unfinished uploads go. */
const DAYS = 7

/**
 * Whether a bucket lets go of uploads in parts that were never ended, as a service leaves them that is killed: nobody sees them, and
 * somebody pays for them. All else that is old the service removes itself.
 *
 * @param base - the URL of the bucket
 * @throws `FetchError` when the store does not tell
 */
export async function hasAbortRule(wire: Pick<Wire, 'ask'>, base: string): Promise<boolean> {
  const rules = readXml(await readRules(wire, base)).all('Rule')
  return rules.some(
    (rule) =>
      rule.text('Status') === 'Enabled' &&
      rule.all('AbortIncompleteMultipartUpload').length > 0 &&
      // A rule for some of the objects is none for the others.
      rule.text('Prefix') === undefined &&
      rule.all('Tag').length === 0,
  )
}

/** Adds that rule to those that the bucket has. */
export async function addAbortRule(wire: Pick<Wire, 'ask'>, base: string): Promise<void> {
  const others = (await readRules(wire, base)).match(/<Rule>.*?<\/Rule>/gs) ?? []
  const rule = `<Rule><ID>${RULE_ID}</ID><Filter><Prefix></Prefix></Filter><Status>Enabled</Status><AbortIncompleteMultipartUpload><DaysAfterInitiation>${DAYS}</DaysAfterInitiation></AbortIncompleteMultipartUpload></Rule>`
  const kept = others.filter((each) => !each.includes(`<ID>${RULE_ID}</ID>`))
  const body = `<LifecycleConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${[...kept, rule].join('')}</LifecycleConfiguration>`
  const headers = {
    'content-type': 'application/xml',
    'content-md5': createHash('md5').update(body).digest('base64'),
  }
  await wire.ask({ method: 'PUT', url: lifecycleOf(base), headers, body })
}

/** The rules of a bucket as XML; that of no rules when it has none. */
async function readRules(wire: Pick<Wire, 'ask'>, base: string): Promise<string> {
  try {
    return (await wire.ask({ url: lifecycleOf(base) })).text
  } catch (error) {
    if (error instanceof Refusal && error.reason === 'NoSuchLifecycleConfiguration') return ''
    throw error
  }
}

function lifecycleOf(base: string): URL {
  const url = new URL(base)
  url.searchParams.set('lifecycle', '')
  return url
}
