import assert from 'node:assert/strict'
import { Validator } from '@seriousme/openapi-schema-validator'
import * as z from 'zod/mini'
import { optionsOf } from '../../../src/doors/jobs/operations/operation-list.ts'
import { OPERATIONS } from '../../../src/doors/jobs/operations/operations.ts'
import { openTestJobs } from './jobs-fixture.ts'

const schemaSchema = z.looseObject({
  properties: z.optional(z.record(z.string(), z.looseObject({}))),
  required: z.optional(z.array(z.string())),
})
const documentSchema = z.looseObject({
  openapi: z.string(),
  servers: z.array(z.object({ url: z.string() })),
  security: z.array(z.looseObject({})),
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.looseObject({
        security: z.optional(z.array(z.looseObject({}))),
        requestBody: z.optional(z.looseObject({})),
        responses: z.record(z.string(), z.looseObject({})),
      }),
    ),
  ),
  components: z.looseObject({ schemas: z.record(z.string(), schemaSchema) }),
})

/** What is answered for browsers alone, and what everything else comes to. */
const NO_ROUTES: readonly string[] = ['OPTIONS', 'ALL']

describe('GET /v2/openapi.json', () => {
  let jobs: Awaited<ReturnType<typeof openTestJobs>>
  before(async () => {
    jobs = await openTestJobs()
  })
  after(() => jobs.close())

  async function get() {
    const { status, body } = await jobs.request('/v2/openapi.json', {
      headers: { authorization: 'none' },
    })
    assert.equal(status, 200)
    return { text: JSON.stringify(body), document: documentSchema.parse(body) }
  }

  it('is a document of OpenAPI 3.1, and refers to nothing that is not in it', async () => {
    const { text, document } = await get()
    const { valid, errors } = await new Validator().validate(JSON.parse(text))
    assert.ok(valid, JSON.stringify(errors))
    const referred = [...text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)]
    assert.ok(referred.length > 100)
    for (const [, id = ''] of referred) assert.ok(id in document.components.schemas, id)
    assert.equal(referred.length, text.split('"$ref"').length - 1)
  })

  it('says where the service is, and that it wants a key', async () => {
    const { document } = await get()
    assert.equal(document.openapi, '3.1.0')
    assert.deepEqual(document.servers, [{ url: 'https://darkroom.test' }])
    assert.deepEqual(document.security, [{ key: [] }])
  })

  it('has all routes of the API, and no other', async () => {
    const { document } = await get()
    const told = Object.entries(document.paths).flatMap(([path, methods]) =>
      // HEAD comes to the routes of GET.
      Object.keys(methods).map(
        (method) => `${method.toUpperCase().replace('HEAD', 'GET')} ${path}`,
      ),
    )
    const routes = (await jobs.routes())
      .filter(({ method, path }) => path.startsWith('/v2/') && !NO_ROUTES.includes(method))
      .flatMap(({ method, path }) =>
        path === '/v2/:operation{.+}'
          ? Array.from(OPERATIONS.keys(), (name) => `${method} /v2/${name}`)
          : [`${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`],
      )
    assert.ok(routes.length > OPERATIONS.size + 10)
    assert.deepEqual(told.toSorted(), [...new Set(routes)].toSorted())
  })

  it('tells without which key something is answered as the routes do', async () => {
    const { document } = await get()
    for (const [path, methods] of Object.entries(document.paths)) {
      for (const [method, { security, requestBody, responses }] of Object.entries(methods)) {
        const url = path.replaceAll(/\{\w+\}/g, '0')
        const { status } = await jobs.request(url, {
          method: method.toUpperCase(),
          headers: { authorization: 'none' },
          ...(requestBody && { body: '{}' }),
        })
        assert.equal(status === 401, security === undefined, `${method} ${path}: ${status}`)
        assert.ok(String(status) in responses, `${method} ${path}: ${status}`)
      }
    }
  })

  it('has the options of each operation', async () => {
    const { components } = (await get()).document
    for (const operation of OPERATIONS.values()) {
      const { properties = {}, required = [] } =
        components.schemas[operation.name.replaceAll('/', '.')] ?? {}
      const options = optionsOf(operation).map(({ name }) => name)
      const input = operation.inputs === 'none' ? [] : ['input']
      assert.deepEqual(Object.keys(properties), [...input, ...options], operation.name)
      assert.equal(required.includes('input'), operation.inputs === 'required', operation.name)
      const secrets = Object.keys(properties).filter((name) => properties[name]?.['writeOnly'])
      assert.deepEqual(secrets.toSorted(), operation.secrets.toSorted(), operation.name)
    }
  })

  it('has a sentence about each operation and each of its options', async () => {
    const { components } = (await get()).document
    for (const operation of OPERATIONS.values()) {
      const { description, properties = {} } =
        components.schemas[operation.name.replaceAll('/', '.')] ?? {}
      assert.match(String(description), /^[A-Z].*\.$/, operation.name)
      for (const [name, option] of Object.entries(properties)) {
        assert.match(String(option['description']), /\.$/, `${operation.name} ${name}`)
      }
    }
  })

  it('groups its routes', async () => {
    const { document } = await get()
    const tags = z.array(z.object({ name: z.string() })).parse(document['tags'])
    const used = Object.values(document.paths)
      .flatMap((methods) => Object.values(methods))
      .flatMap((route) => z.array(z.string()).parse(route['tags']))
    assert.deepEqual(new Set(used), new Set(tags.map(({ name }) => name)))
  })

  it('asks for nothing of a job that is not asked for', async () => {
    const { components } = (await get()).document
    assert.deepEqual(components.schemas['convert']?.required?.toSorted(), [
      'input',
      'output_format',
    ])
    assert.deepEqual(components.schemas['thumbnail']?.required, ['input'])
    assert.deepEqual(components.schemas['JobRequest']?.required, ['tasks'])
  })
})
