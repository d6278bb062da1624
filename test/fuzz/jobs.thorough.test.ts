import assert from 'node:assert/strict'
import { openTestJobs, RAW } from '../doors/jobs/jobs-fixture.ts'
import { amountOf, seedOf } from '../support/amounts.ts'
import { createDice, mutate } from './mutation.ts'

const BODIES = amountOf({ thoroughly: 5000, usually: 1000 })
const SEED = seedOf(20_260_714)

/** A port of this machine where nobody listens. */
const NOBODY = 'http://127.0.0.1:1/photo.jpg'

const EXPORT = { operation: 'export/url', inline: true, archive_multiple_files: true }

/** Bodies that are right. Those of `LOCAL` name no host, so that damage to their bytes calls nobody. */
const LOCAL: readonly object[] = [
  {
    tag: 'a',
    redirect: false,
    tasks: {
      in: RAW,
      made: { operation: 'convert', input: 'in', output_format: 'webp', width: 300, fit: 'max' },
      out: { ...EXPORT, input: ['made'] },
    },
  },
  {
    tasks: {
      up: { operation: 'import/upload', ignore_error: true },
      in: { operation: 'import/base64', file: 'aGVsbG8=', filename: 'a.png' },
      small: { operation: 'thumbnail', input: 'up', output_format: 'png', width: 9, height: 9 },
      mark: { operation: 'watermark', input: 'in', image: 'up', opacity: 50, rotation: -45 },
      both: { operation: 'merge', input: ['small', 'mark'], output_format: 'pdf' },
      out: { ...EXPORT, input: 'both' },
    },
  },
  {
    tasks: {
      in: { ...RAW, timeout: 100 },
      less: { operation: 'optimize', input: 'in', profile: 'web', quality: 80 },
      said: { operation: 'metadata/write', input: 'in', metadata: { Title: 'a', Author: 'b' } },
      says: { operation: 'metadata', input: 'said' },
      zip: { operation: 'archive', input: ['in', 'less'], output_format: 'zip', filename: 'a.zip' },
      pages: { operation: 'convert', input: 'in', output_format: 'png', pages: '1-3,5' },
    },
  },
]
const CALLING: readonly object[] = [
  {
    webhook_url: NOBODY,
    tasks: {
      in: { operation: 'import/url', url: NOBODY, headers: { 'X-A': 'b' }, filename: 'a.jpg' },
      out: { ...EXPORT, input: 'in' },
    },
  },
  {
    tasks: {
      s3: {
        operation: 'import/s3',
        bucket: 'b',
        region: 'r',
        endpoint: NOBODY,
        key: 'k',
        access_key_id: 'i',
        secret_access_key: 's',
      },
      sftp: {
        operation: 'export/sftp',
        input: 's3',
        host: '127.0.0.1',
        port: 1,
        username: 'u',
        password: 'p',
        path: '/a',
      },
    },
  },
]

/** What a value may become. */
const HOSTILE: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  Number.MAX_SAFE_INTEGER,
  '',
  ' ',
  '..',
  '../../etc/passwd',
  'a\0b',
  '\ud800',
  'ü'.repeat(5000),
  '9'.repeat(400),
  '%999999999d.png',
  '1-999999999',
  '__proto__',
  'constructor',
  'in',
  'out',
  'http://[',
  'file:///etc/passwd',
  'data:,a',
  [],
  [[]],
  ['in', 'in'],
  Array.from({ length: 300 }, () => 'in'),
  {},
  { operation: 'convert' },
  { toString: null, length: -1 },
  nested(600),
]

const NAMES = ['__proto__', 'constructor', 'toString', '', 'a b', 'in', 'input', 'x'.repeat(10_000)]

type Dice = ReturnType<typeof createDice>

function nested(levels: number): unknown {
  return levels === 0 ? 0 : [nested(levels - 1)]
}

/** A copy of a value in which one to three places are others: changed, gone, renamed or doubled. */
function disturb(value: unknown, dice: Dice): unknown {
  let changed: unknown = structuredClone(value)
  for (let left = 1 + dice(3); left > 0; left -= 1) changed = disturbOnce(changed, dice)
  return changed
}

function disturbOnce(value: unknown, dice: Dice): unknown {
  if (typeof value !== 'object' || value === null || dice(6) === 0) {
    return HOSTILE[dice(HOSTILE.length)]
  }
  if (Array.isArray(value)) {
    const at = dice(Math.max(1, value.length))
    return value.toSpliced(at, 1, disturbOnce(value[at], dice))
  }
  const members: [string, unknown][] = Object.entries(value)
  const at = dice(Math.max(1, members.length))
  const [name, member] = members[at] ?? ['a', 'a']
  const other = NAMES[dice(NAMES.length)] ?? ''
  const replaced: [string, unknown][][] = [
    [],
    [[other, member]],
    [
      [name, member],
      [other, member],
    ],
    ...Array.from({ length: 5 }, (): [string, unknown][] => [[name, disturbOnce(member, dice)]]),
  ]
  // Unlike an assignment, this makes a member of `__proto__` as JSON does.
  return Object.fromEntries(members.toSpliced(at, 1, ...(replaced[dice(replaced.length)] ?? [])))
}

/** What is sent. */
function bodyOf(dice: Dice): string | Uint8Array<ArrayBuffer> {
  if (dice(3) === 0) {
    const text = JSON.stringify(LOCAL[dice(LOCAL.length)])
    return new Uint8Array(mutate(Buffer.from(text), dice))
  }
  const all = [...LOCAL, ...CALLING]
  return JSON.stringify(disturb(all[dice(all.length)], dice)) ?? ''
}

describe('a request for a job that is anything', function () {
  this.timeout(600_000)
  let jobs: Awaited<ReturnType<typeof openTestJobs>>

  before(async () => {
    jobs = await openTestJobs()
  })
  after(() => jobs.close())

  it(`is a job or refused with a reason, ${BODIES} times, and the door works afterwards`, async () => {
    const dice = createDice(SEED)
    const answers = new Map<number, number>()
    for (let nth = 0; nth < BODIES; nth += 1) {
      const body = bodyOf(dice)
      const answer = await jobs.request('/v2/jobs', { method: 'POST', body })
      const { status } = answer
      const sent = (): string => `${JSON.stringify(answer.body)} to ${Buffer.from(body).toString()}`
      assert.ok(status === 201 || status === 422 || status === 413, `${nth}: ${status} ${sent()}`)
      answers.set(status, (answers.get(status) ?? 0) + 1)
    }
    // Mutations that nothing notices, or that everything notices, would try nothing.
    assert.ok((answers.get(201) ?? 0) > BODIES / 20, JSON.stringify([...answers]))
    assert.ok((answers.get(422) ?? 0) > BODIES / 20, JSON.stringify([...answers]))

    const out = { operation: 'export/url', input: 'in' }
    const { id } = await jobs.createJob({ in: RAW, out })
    assert.equal((await jobs.ended(id)).status, 'finished')
    assert.deepEqual(faultsIn(jobs.log.lines), [])
  })
})

/** Lines of the log that tell of something that nobody has thought of. */
function faultsIn(lines: readonly string[]): string[] {
  return lines.filter((line) => /\bat .+:\d+:\d+|(Type|Range|Reference|Syntax)Error/.test(line))
}
