import assert from 'node:assert/strict'
import { existsSync, writeFileSync } from 'node:fs'
import { describeConversion, describeRemarks } from '../../../src/cli/convert/conversion-outcome.ts'
import { convertFiles } from '../../../src/cli/convert/convert-files.ts'
import type { JobsClient } from '../../../src/client/jobs/jobs-client.ts'
import { ServiceRefusal } from '../../../src/client/refusal.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { ended, FAILED, fakeClient } from '../jobs-api/fake-jobs-client.ts'

const given = (file: string, within = '') => ({ file, title: file, within })

describe('converting files', () => {
  const folder = useTemporaryFolder()
  const convert = (client: JobsClient, files: string[], force = false) => {
    const sources = files.map((file) => given(file))
    const call = { sources, payload: { output_format: 'webp' }, out: folder.pathTo('.'), force }
    return convertFiles(client, call, () => undefined)
  }

  it('gives files of one name different names, in the order of the command line', async () => {
    const first = Promise.withResolvers<void>()
    let followed = 0
    const client = fakeClient({
      follow: async () => {
        followed += 1
        // The first source is the last to be converted.
        if (followed === 1) await first.promise
        else first.resolve()
        return ended('same.webp')
      },
    })
    const outcomes = await convert(client, ['one.png', 'two.png'])
    assert.deepEqual(
      outcomes.map(({ source, files }) => [source, files[0]?.file]),
      [
        ['one.png', folder.pathTo('same.webp')],
        ['two.png', folder.pathTo('same-2.webp')],
      ],
    )
  })

  it('leaves files in the folders where they were found', async () => {
    const sources = [
      given('in/a.png'),
      given('in/deep/a.png', 'deep'),
      given('b/deep/a.png', 'Deep'),
    ]
    const call = { sources, payload: {}, out: folder.pathTo('.'), force: false }
    const client = fakeClient({ follow: async () => ended('found.webp') })
    const outcomes = await convertFiles(client, call, () => undefined)
    assert.deepEqual(
      outcomes.map(({ files }) => files[0]?.file),
      // For some file systems deep and Deep are one.
      ['found.webp', 'deep/found.webp', 'deep/found-2.webp'].map((name) => folder.pathTo(name)),
    )
  })

  it('has no more on their way at a time than it is told', async () => {
    let [running, most] = [0, 0]
    const client = fakeClient({
      upload: async () => {
        running += 1
        most = Math.max(most, running)
        await new Promise(setImmediate)
        running -= 1
      },
    })
    const sources = Array.from({ length: 9 }, (_, at) => given(`${at}.png`))
    const call = { sources, payload: {}, out: folder.pathTo('.'), force: true, concurrency: 2 }
    await convertFiles(client, call, () => undefined)
    assert.equal(most, 2)
  })

  it('tells of the task that failed of itself, and goes on with the others', async () => {
    let followed = 0
    const client = fakeClient({
      follow: async () => {
        followed += 1
        return followed === 1 ? FAILED : ended('good.webp')
      },
    })
    const [bad, good] = await convert(client, ['bad.png', 'good.png'])
    assert.deepEqual([bad?.state, bad?.code, bad?.message], ['failed', 'SOURCE_CORRUPT', 'Bad.'])
    assert.equal(good?.state, 'converted')
  })

  it('tells how far it is while something is made, and not any more then', async () => {
    const client = fakeClient({
      follow: async (_job, onTask) => {
        const task = { id: 't', operation: 'convert', status: 'processing' } as const
        onTask({ ...task, name: 'import', percent: 90 })
        onTask({ ...task, name: 'convert', percent: 42 })
        onTask({ ...task, name: 'convert', percent: 100 })
        return ended('made.webp')
      },
    })
    const told: string[] = []
    const sources = [given('a.png')]
    const call = { sources, payload: {}, out: folder.pathTo('.'), force: false }
    const [outcome] = await convertFiles(client, call, ([first]) => {
      if (first !== undefined) told.push(describeConversion(first))
    })
    assert.deepEqual(
      told.filter((line) => line.includes('%')).map((line) => line.slice(line.indexOf('a.png'))),
      ['a.png: converting 42 %'],
    )
    assert.equal(outcome?.percent, undefined)
  })

  it('has what there is to be said of those that went well, but for what was said before', async () => {
    const message = 'widht is unknown and makes no difference. Page 2 has no text.'
    const job = ended('told.webp')
    const made = { id: '2', name: 'c', operation: 'convert', status: 'finished', message } as const
    const follow = async () => ({ ...job, tasks: [made, ...job.tasks] })
    const outcomes = await convert(fakeClient({ follow }), ['a.pdf'])
    assert.deepEqual(outcomes[0]?.remarks, [message])
    assert.deepEqual(describeRemarks(outcomes, []), [`a.pdf: ${message}`])
    const told = ['widht is unknown and makes no difference.']
    assert.deepEqual(describeRemarks(outcomes, told), ['a.pdf: Page 2 has no text.'])
    assert.deepEqual(describeRemarks(outcomes, [message]), [])
  })

  it('overwrites nothing unless it is told to, and writes none of several then', async () => {
    writeFileSync(folder.pathTo('page-2.webp'), 'old')
    const client = fakeClient({ follow: async () => ended('page-1.webp', 'page-2.webp') })
    const [outcome] = await convert(client, ['a.pdf'])
    assert.equal(outcome?.state, 'failed')
    assert.match(outcome?.message ?? '', /page-2\.webp is there already; --force overwrites it\.$/)
    assert.equal(existsSync(folder.pathTo('page-1.webp')), false)
    const [forced] = await convert(client, ['a.pdf'], true)
    assert.equal(forced?.files.length, 2)
  })

  it('deletes the job whose file cannot be uploaded', async () => {
    const client = fakeClient({
      upload: () => Promise.reject(new ServiceRefusal('/v2/uploads/1', 413, 'Too long.')),
    })
    const [outcome] = await convert(client, ['a.png'])
    assert.equal(outcome?.code, 'UPLOAD_FAILED')
    assert.equal(outcome?.message, '/v2/uploads/1 answered 413: Too long.')
    assert.deepEqual(client.removed, ['j'])
  })

  it('ends with the sentences of the service for options that are wrong', async () => {
    const fields = { 'tasks.convert.width': ['width must be 1.'], 'tasks.convert.fit': ['No fit.'] }
    const create = () => Promise.reject(new ServiceRefusal('/v2/jobs', 422, 'Invalid.', fields))
    await assert.rejects(convert(fakeClient({ create }), ['a.png', 'b.png']), {
      name: 'UsageError',
      message: 'width must be 1.\nNo fit.',
    })
  })

  it('ends when the service refuses the key', async () => {
    const client = fakeClient({
      create: () => Promise.reject(new ServiceRefusal('/v2/jobs', 401, 'Unauthenticated.')),
    })
    await assert.rejects(convert(client, ['a.png', 'b.png']), { status: 401 })
  })
})
