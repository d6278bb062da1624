import assert from 'node:assert/strict'
import { Hono } from 'hono'
import { ServiceError } from '../../src/base/errors.ts'
import { atDoor, type HttpEnv } from '../../src/http/root-app.ts'
import { countRequests } from '../../src/monitoring/count-requests.ts'
import { rootApp } from '../support/root-app.ts'

describe('requests are counted', () => {
  let counted: object[]
  let ms = 0
  const doors = new Hono<HttpEnv>()
    .use('/v2/*', atDoor('jobs'))
    .get('/v2/jobs/:id', (c) => {
      ms += 25
      return c.text(c.req.param('id'))
    })
    .get('/v2/broken', () => {
      throw new Error('broken')
    })
    .get('/v2/refused/:id', () => {
      throw new ServiceError('forbidden', 'No.')
    })
    .all('/anything/:path{.+}', (c) => c.text(''))
  const app = rootApp()
    .use(countRequests({ countRequest: (request) => counted.push(request) }, () => ms))
    .route('/', doors)
  beforeEach(() => {
    counted = []
  })

  const cases: [request: string, expected: object][] = [
    ['GET /v2/jobs/1234', { door: 'jobs', route: '/v2/jobs/:id', status: 200, tookMs: 25 }],
    ['GET /v2/broken', { door: 'jobs', route: '/v2/broken', status: 500 }],
    ['GET /v2/refused/secret', { door: 'jobs', route: '/v2/refused/:id', status: 403 }],
    ['GET /v2/no/such/place', { door: 'jobs', route: '/v2/*', status: 404 }],
    ['GET /no/such/place', { route: '/*', status: 404 }],
    ['PROPFIND /anything/a/b', { method: 'other', route: '/anything/:path{.+}', status: 200 }],
  ]
  for (const [request, expected] of cases) {
    it(`${request} as ${JSON.stringify(expected)}`, async () => {
      const [method = '', path = ''] = request.split(' ')
      await app.request(path, { method })
      assert.equal(counted.length, 1)
      const [found] = counted
      assert.deepEqual(found, { method, door: 'none', tookMs: 0, ...expected })
    })
  }
})
