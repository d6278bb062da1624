import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { resolve } from '../../../page/api-document/resolve.ts'
import { firstBody, requestOf, withoutSecrets } from '../../../page/api-explorer/api-request.ts'
import { bodyLanguage } from '../../../page/api-explorer/body-language.ts'
import { copyCallAsCurl } from '../../../page/api-explorer/call-curl.ts'
import { FIRST_JOB, jobWithoutSecrets } from '../../../page/api-explorer/job-body.ts'
import { completeAt } from '../../../page/schema-form/completion.ts'
import { readJobRequest } from '../../../src/doors/jobs/api/job-request.ts'
import { OPERATIONS } from '../../../src/doors/jobs/operations/operations.ts'
import { DOCUMENT } from '../job-composer/document.ts'

function routeOf(method: string, path: string) {
  const route = DOCUMENT.paths[path]?.[method]
  assert.ok(route)
  return { method, path, route }
}

function made(method: string, path: string, values: Record<string, unknown>, body = '') {
  const result = requestOf(routeOf(method, path), values, body)
  assert.ok('request' in result)
  return result.request
}

function schemaOf(path: string) {
  const { route } = routeOf('post', path)
  const schema = route.requestBody?.content['application/json']?.schema
  assert.ok(schema)
  return resolve(schema, DOCUMENT)
}

describe('a call of the API', () => {
  it('has what was filled in where it belongs', () => {
    assert.deepEqual(made('get', '/v2/jobs/{id}', { id: 'a/b', include: 'payload' }), {
      method: 'GET',
      path: '/v2/jobs/a%2Fb?include=payload',
      headers: {},
      body: undefined,
      form: undefined,
    })
    const { headers, body, path } = made('post', '/v2/jobs', { 'Idempotency-Key': 'k' }, '{}')
    assert.deepEqual(
      { headers, body, path },
      { headers: { 'Idempotency-Key': 'k' }, body: '{}', path: '/v2/jobs' },
    )
  })

  it('leaves out what was left empty', () => {
    assert.equal(made('get', '/v2/jobs', { 'filter[tag]': '', page: 2 }).path, '/v2/jobs?page=2')
  })

  it('says what is missing', () => {
    assert.deepEqual(requestOf(routeOf('get', '/v2/jobs/{id}'), {}, ''), { missing: ['id'] })
    const upload = requestOf(routeOf('post', '/v2/uploads/{task}'), { task: 'a' }, '')
    assert.ok('missing' in upload && upload.missing.includes('signature'))
  })

  it('has the fields of a form', () => {
    const values = {
      task: 'a',
      expires: '1',
      max_file_count: '1',
      max_file_size: '2',
      signature: 's',
    }
    const { form, body } = made('post', '/v2/uploads/{task}', values)
    const { task: _task, ...fields } = values
    assert.deepEqual({ form, body }, { form: fields, body: undefined })
  })

  it('begins with a body in which is what must be in it', () => {
    assert.deepEqual(JSON.parse(firstBody(schemaOf('/v2/convert'))), {
      output_format: 'png',
      input: '',
    })
    assert.deepEqual(Object.keys(JSON.parse(firstBody(schemaOf('/v2/webhooks')))).toSorted(), [
      'events',
      'url',
    ])
  })

  it('begins with a job that the service takes', async () => {
    await readJobRequest(JSON.parse(FIRST_JOB), {
      operations: OPERATIONS,
      inputExists: async () => false,
    })
  })

  it('is completed and checked by the schema of its body', () => {
    const language = bodyLanguage(schemaOf('/v2/convert'), 'POST /v2/convert')
    const labels = completeAt('{}', 1, language)?.options.map(({ label }) => label) ?? []
    assert.ok(labels.includes('pixel_density'))
    const [problem] = language.problemsOf('{"input": "a", "output_format": "png", "width": 0}')
    assert.equal(problem?.message, 'width must be a whole number, 1 or more, but it is 0.')
    assert.equal(language.problemsOf('[]').length, 1)
  })

  it('is copied without secrets', () => {
    const body = '{"bucket": "b", "secret_access_key": "open sesame"}'
    assert.deepEqual(JSON.parse(withoutSecrets(body, schemaOf('/v2/import/s3'))), {
      bucket: 'b',
      secret_access_key: '<secret_access_key>',
    })
    const job = '{"tasks": {"a": {"operation": "import/sftp", "password": "open sesame"}}}'
    assert.ok(!jobWithoutSecrets(job, DOCUMENT).includes('sesame'))
  })

  it('is copied as what bash takes', () => {
    const awkward = `it's "my" $HOME`
    for (const snippet of [
      copyCallAsCurl(made('get', '/v2/jobs', { 'filter[tag]': awkward }), awkward),
      copyCallAsCurl(
        made('post', '/v2/jobs', { 'Idempotency-Key': awkward }, JSON.stringify({ awkward })),
        undefined,
      ),
      copyCallAsCurl(
        made('post', '/v2/uploads/{task}', {
          task: 'a',
          expires: awkward,
          max_file_count: 1,
          max_file_size: 1,
          signature: 's',
        }),
        awkward,
        awkward,
      ),
    ]) {
      // A curl that shows what it was called with, in place of the file that says where the service is.
      const shown = snippet.replace(
        '. "$home/jobs.env"',
        'CLOUDCONVERT_API_KEY=k CLOUDCONVERT_API_URL=https://x/v2\ncurl() { printf "%s\\n" "$@"; cat; }',
      )
      const said = execFileSync('bash', ['--norc', '-c', shown], {
        input: '',
        encoding: 'utf8',
        env: { PATH: process.env['PATH'], DARKROOM_HOME: awkward },
      })
      assert.match(said, /^https:\/\/x\/v2\/\w+/m)
      assert.ok(
        said.includes(awkward) ||
          said.includes(encodeURIComponent('$HOME')) ||
          said.includes(JSON.stringify(awkward)),
        said,
      )
    }
  })
})
