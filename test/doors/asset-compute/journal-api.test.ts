import assert from 'node:assert/strict'
import { mock } from 'node:test'
import { refusalOf, requestBody, type Start, useGateway } from './gateway-fixture.ts'

const DAY_MS = 24 * 60 * 60 * 1000

const numbers = (count: number) => Array.from({ length: count }, (_, index) => `${index}.png`)

const namesOf = (page: { events: { rendition: { name?: string | undefined } }[] }) =>
  page.events.map(({ rendition: { name } }) => name)

describe('The journal', () => {
  const gateway = useGateway()

  /** Has a request for some renditions begun. */
  async function begin(...names: string[]): Promise<Start> {
    const { process, actions } = gateway()
    const before = actions.starts.length
    await process(requestBody(...names))
    const starts = await actions.started(before + 1)
    return starts[before] ?? assert.fail()
  }

  /** Puts an event for each name into the journal, one after the other. */
  async function fill(names: string[], fields: object = {}): Promise<void> {
    const start = await begin(...names)
    for (const position of names.keys()) await gateway().report(start, position, fields)
  }

  /** The headers of another program of the same client. */
  const otherProgram = () => gateway().headersOf()

  /** Has the events swept, as every start does, and waits until they are. */
  async function sweep(journal: string, position: number) {
    const { stop, read, headersOf } = gateway()
    await stop()
    const headers = await headersOf()
    while ((await read(`${journal}?since=${position - 1}`, { headers })).status !== 410);
    return headers
  }

  /** Begins a request and has its events reported while the clock stands. */
  async function rush(...names: string[]): Promise<void> {
    const { clock, report } = gateway()
    const start = await begin(...names)
    clock.ms -= 1000
    for (const position of names.keys()) await report(start, position)
  }

  describe('from its beginning', () => {
    it('answers 204 at once while it is empty, and leads on to the same position', async () => {
      const { register, read } = gateway()
      const journal = await register()
      const page = await read(journal, { wait: true })
      assert.deepEqual([page.status, page.text], [204, ''])
      assert.match(page.headers.get('retry-after') ?? '', /^\d+$/)
      assert.equal(page.links['next'], `${journal.replace('events', 'events-fast')}?since=0`)
    })

    it('answers every event with its position, oldest first, and what page it is', async () => {
      const { register, read } = gateway()
      const journal = await register()
      await fill(['a', 'b', 'c'])
      const page = await read(journal)
      assert.equal(page.headers.get('content-type'), 'application/json')
      assert.deepEqual(namesOf(page), ['a', 'b', 'c'])
      assert.deepEqual(
        page.entries.map(({ position }) => position),
        ['1', '2', '3'],
      )
      assert.deepEqual(page.page, { last: '3', count: 3 })
      assert.deepEqual(Object.keys(JSON.parse(page.text)), ['events', '_page'])
    })

    it('gives every link of the API, with the limit kept in the one to the next page', async () => {
      const { register, read } = gateway()
      const journal = await register()
      await fill(['a', 'b', 'c'])
      const { links } = await read(`${journal}?limit=2`)
      const path = journal.slice('/events'.length)
      assert.deepEqual(links, {
        next: `/events-fast${path}?since=2&limit=2`,
        events: `/events${path}`,
        count: `/count${path}?since=2`,
        latest: `/events${path}?latest=true`,
        page: `/events${path}?since={position}&limit={count}`,
        seek: `/events${path}?seek={duration}&limit={count}`,
        validate: `/events-validate${path}?since=2`,
      })
    })

    it('gives the links of an empty page too', async () => {
      const { register, read } = gateway()
      const journal = await register()
      const { links } = await read(`${journal}?since=0&limit=3`)
      assert.deepEqual(Object.keys(links), [
        'next',
        'events',
        'count',
        'latest',
        'page',
        'seek',
        'validate',
      ])
      assert.match(links['next'] ?? '', /\?since=0&limit=3$/)
    })

    it('is read to its end by next links, each of which works', async () => {
      const { register, read } = gateway()
      const journal = await register()
      const names = numbers(10)
      await fill(names)
      const found: (string | undefined)[] = []
      let path: string | undefined = `${journal}?limit=4`
      const counts: number[] = []
      while (path !== undefined) {
        const page = await read(path)
        counts.push(page.events.length)
        found.push(...namesOf(page))
        path = page.status === 200 ? page.links['next'] : undefined
      }
      assert.deepEqual(found, names)
      assert.deepEqual(counts, [4, 4, 2, 0])
    })

    it('gives 100 events a page unless asked for more', async () => {
      const { register, read } = gateway()
      const journal = await register()
      const start = await begin(...numbers(150))
      await Promise.all(numbers(150).map((_, position) => gateway().report(start, position)))
      assert.equal((await read(journal)).events.length, 100)
      assert.equal((await read(`${journal}?limit=1000`)).events.length, 150)
      assert.equal((await read(`${journal}?since=100`)).events.length, 50)
    })

    it('gives no more than 1.5 MB of events a page', async () => {
      const { register, read } = gateway()
      const journal = await register()
      await fill(['a', 'b', 'c', 'd', 'e'], { data: 'x'.repeat(400_000) })
      const first = await read(`${journal}?limit=5`)
      assert.deepEqual(namesOf(first), ['a', 'b', 'c'])
      assert.ok(first.text.length <= 1.5 * 1000 * 1000)
      assert.deepEqual(namesOf(await read(first.links['next'] ?? '')), ['d', 'e'])
    })
  })

  describe('from a position', () => {
    it('gives what comes after it', async () => {
      const { register, read } = gateway()
      const journal = await register()
      await fill(['a', 'b', 'c'])
      assert.deepEqual(namesOf(await read(`${journal}?since=1`)), ['b', 'c'])
      assert.deepEqual(namesOf(await read(`${journal}?since=2&limit=1`)), ['c'])
    })

    it('answers 204 and the same position at the end', async () => {
      const { register, read } = gateway()
      const journal = await register()
      await fill(['a', 'b'])
      const page = await read(`${journal}?since=2`)
      assert.equal(page.status, 204)
      assert.match(page.links['next'] ?? '', /\?since=2$/)
    })

    it('begins at the first position in the journal of a client who registers again', async () => {
      const { register, request, read } = gateway()
      await register()
      await fill(['a', 'b'])
      await request('/unregister', { method: 'POST' })
      const journal = await register()
      await fill(['c'])
      const { entries } = await read(journal)
      assert.deepEqual(
        entries.map(({ position }) => position),
        ['1'],
      )
    })

    it('answers the position to go on from, valid or not, at the validate link', async () => {
      const { register, read, request } = gateway()
      const journal = await register()
      await fill(['a'])
      const { links } = await read(journal)
      const validate = links['validate'] ?? ''
      assert.equal((await request(validate)).status, 204)
      await refusalOf(await request(validate.replace('since=1', 'since=2')), 400)
      assert.equal(
        await refusalOf(await request(validate.replace('?since=1', '')), 400),
        'since is missing; it must be the position to check.',
      )
    })

    it('tells how many events follow at the count link', async () => {
      const { register, request, read } = gateway()
      const journal = await register()
      await fill(['a', 'b', 'c'])
      const { links } = await read(`${journal}?limit=1`)
      const response = await request(links['count'] ?? '')
      assert.deepEqual(await response.json(), { count: 2 })
    })
  })

  describe('from a time', () => {
    it('gives what came since', async () => {
      const { register, read, clock } = gateway()
      const journal = await register()
      await fill(['a'])
      clock.ms += 60 * 60 * 1000
      await fill(['b'])
      clock.ms += 60 * 1000
      assert.deepEqual(namesOf(await read(`${journal}?seek=-PT2H`)), ['a', 'b'])
      assert.deepEqual(namesOf(await read(`${journal}?seek=-PT30M`)), ['b'])
      assert.deepEqual(namesOf(await read(`${journal}?seek=-PT2H&limit=1`)), ['a'])
      const now = await read(`${journal}?seek=-PT30S`)
      assert.equal(now.status, 204)
      assert.match(now.links['next'] ?? '', /\?since=2$/)
    })
  })

  describe('refuses', () => {
    const malformed: [query: string, message: RegExp][] = [
      ['since=', /^since must be a position of this journal, but it is ""\.$/],
      ['since=abc', /but it is "abc"\.$/],
      ['since=-1', /but it is "-1"\.$/],
      ['since=1.5', /but it is "1\.5"\.$/],
      ['since=1e3', /but it is "1e3"\.$/],
      ['since=3', /^since must be a position of this journal, but it is "3"\.$/],
      ['since=99999999999999999999', /but it is "99999999999999999999"\.$/],
      ['limit=', /^limit must be a positive whole number, but it is ""\.$/],
      ['limit=0', /but it is "0"\.$/],
      ['limit=-1', /but it is "-1"\.$/],
      ['limit=ten', /but it is "ten"\.$/],
      ['limit=1.5', /but it is "1\.5"\.$/],
      ['seek=2', /^seek must be a duration back from now such as "-PT2H", but it is "2"\.$/],
      ['seek=PT2H', /but it is "PT2H"\.$/],
      ['since=1&seek=-PT2H', /^since and seek cannot be used together\.$/],
    ]
    for (const [query, message] of malformed) {
      it(`${query} with 400`, async () => {
        const { register, request } = gateway()
        const journal = await register()
        await fill(['a', 'b'])
        assert.match(await refusalOf(await request(`${journal}?${query}`), 400), message)
      })
    }

    it('who asks for a journal that is not there with 404', async () => {
      const { register, request } = gateway()
      const journal = await register()
      const message = 'There is no such journal; /register tells the URL of yours.'
      for (const path of [`${journal}x`, `${journal.slice(0, -36)}unknown`]) {
        assert.equal(await refusalOf(await request(path), 404), message)
      }
    })

    it('who does not own it with 403', async () => {
      const { register, request, ims, secrets } = gateway()
      const journal = await register()
      const other = { clientId: 'other', orgId: secrets.orgId }
      const { accessToken } = await ims.issue(other)
      const headers = { authorization: `Bearer ${accessToken}`, 'x-api-key': 'other' }
      for (const path of ['events', 'events-fast', 'count', 'events-validate']) {
        const response = await request(journal.replace('events', path), { headers })
        assert.equal(
          await refusalOf(response, 403),
          'This journal belongs to another client; /register tells the URL of yours.',
        )
      }
    })
  })

  describe('past its retention of seven days', () => {
    it('answers 410 for a position whose successor is gone, and gives what is left', async () => {
      const { register, read, request, clock, headersOf } = gateway()
      const journal = await register()
      await fill(['a', 'b'])
      clock.ms += 3 * DAY_MS
      Object.assign(gateway().headers, await headersOf())
      await fill(['c'])
      clock.ms += 4 * DAY_MS
      const headers = await sweep(journal, 2)
      for (const since of [0, 1]) {
        const response = await request(`${journal}?since=${since}`, { headers })
        assert.equal(await refusalOf(response, 410), `Events at position ${since} have expired.`)
      }
      for (const path of ['events-validate', 'count']) {
        const url = `${journal.replace('events', path)}?since=1`
        await refusalOf(await request(url, { headers }), 410)
      }
      assert.deepEqual(namesOf(await read(`${journal}?since=2`, { headers })), ['c'])
      assert.deepEqual(namesOf(await read(journal, { headers })), ['c'])
      assert.deepEqual(namesOf(await read(`${journal}?seek=-P30D`, { headers })), ['c'])
    })

    it('goes on with new positions once all is gone', async () => {
      const { register, read, clock } = gateway()
      const journal = await register()
      await fill(['a', 'b'])
      clock.ms += 7 * DAY_MS + 1
      const headers = await sweep(journal, 2)
      const empty = await read(journal, { headers })
      assert.equal(empty.status, 204)
      assert.match(empty.links['next'] ?? '', /\?since=2$/)
      Object.assign(gateway().headers, headers)
      await fill(['c'])
      const page = await read(empty.links['next'] ?? '')
      assert.deepEqual(namesOf(page), ['c'])
      assert.equal(page.page?.last, '3')
    })

    it('drops an event that comes a week too late without harm', async () => {
      const { register, read, clock, report, log } = gateway()
      const journal = await register()
      const start = await begin('a', 'b')
      await report(start, 0)
      await report(start, 1)
      clock.ms += 7 * DAY_MS + 1
      const headers = await sweep(journal, 2)
      // Once the request is swept as well, nothing tells whose event it was.
      while (!log.lines.some((line) => line.includes('was dropped'))) {
        assert.equal(await report(start, 0), 200)
      }
      assert.equal((await read(journal, { headers })).status, 204)
    })
  })

  describe('to a reader who waits', () => {
    for (const query of ['since=0', 'latest=true']) {
      it(`gives an event as soon as it comes when asked for ${query}`, async () => {
        const { register, read, report } = gateway()
        const journal = await register()
        const start = await begin('a')
        const page = read(`${journal}?${query}`, { wait: true })
        await report(start, 0)
        assert.deepEqual(namesOf(await page), ['a'])
      })
    }

    it('gives an event to all of them', async () => {
      const { register, read, report } = gateway()
      const journal = await register()
      const start = await begin('a')
      const pages = Array.from({ length: 5 }, () => read(`${journal}?since=0`, { wait: true }))
      await report(start, 0)
      assert.deepEqual((await Promise.all(pages)).map(namesOf), [['a'], ['a'], ['a'], ['a'], ['a']])
    })

    it('answers 204 when the service stops', async () => {
      const { register, read, gateway: opened } = gateway()
      const journal = await register()
      const page = read(`${journal}?latest=true`, { wait: true })
      opened().pause()
      assert.equal((await page).status, 204)
    })

    it('answers 204 after a second without an event', async () => {
      const { register, read, clock } = gateway()
      const journal = await register()
      mock.timers.enable({ apis: ['setTimeout'] })
      try {
        const began = clock.ms
        let status: number | undefined
        const page = read(`${journal}?latest=true`, { wait: true }).then((answer) => {
          status = answer.status
        })
        while (status === undefined) {
          clock.ms += 100
          mock.timers.tick(100)
          await new Promise((resolve) => setImmediate(resolve))
        }
        await page
        assert.equal(status, 204)
        assert.ok(clock.ms - began >= 1000, `${clock.ms - began} ms`)
      } finally {
        mock.timers.reset()
      }
    })
  })

  describe('keeps an event back until the answer to /process has gone out', () => {
    it('and then gives it', async () => {
      const { register, read, clock } = gateway()
      const journal = await register()
      await rush('a')
      clock.ms += 49
      assert.equal((await read(journal)).status, 204)
      clock.ms += 1
      assert.deepEqual(namesOf(await read(journal)), ['a'])
    })

    it('and does not lead a reader past it', async () => {
      const { register, read, clock } = gateway()
      const journal = await register()
      await fill(['a'])
      await rush('b')
      const page = await read(journal)
      assert.deepEqual(namesOf(page), ['a'])
      const next = page.links['next'] ?? ''
      const empty = await read(next)
      assert.equal(empty.status, 204)
      assert.equal(empty.links['next'], next)
      const latest = await read(`${journal}?latest=true`)
      clock.ms += 50
      assert.deepEqual(namesOf(await read(next)), ['b'])
      assert.deepEqual(namesOf(await read(latest.links['next'] ?? '')), ['b'])
    })

    it('and wakes a reader who waits for it', async () => {
      const { register, read, clock } = gateway()
      const journal = await register()
      await rush('a')
      const page = read(`${journal}?since=0`, { wait: true })
      clock.ms += 50
      assert.deepEqual(namesOf(await page), ['a'])
    })
  })

  describe('from its latest event', () => {
    it('gives a program the event of its own request that came before its first poll', async () => {
      const { register, read } = gateway()
      const journal = await register()
      await fill(['a', 'b'])
      assert.deepEqual(namesOf(await read(`${journal}?latest=true`)), ['a', 'b'])
    })

    it('gives a program nothing that came for others before its first poll', async () => {
      const { register, read } = gateway()
      const journal = await register()
      await fill(['a', 'b'])
      const headers = await otherProgram()
      const page = await read(`${journal}?latest=true`, { headers })
      assert.equal(page.status, 204)
      assert.match(page.links['next'] ?? '', /\?since=2$/)
      await fill(['c'])
      assert.deepEqual(namesOf(await read(page.links['next'] ?? '', { headers })), ['c'])
    })

    it('gives a program nothing twice that begins again', async () => {
      const { register, read } = gateway()
      const journal = await register()
      const latest = `${journal}?latest=true`
      await fill(['a', 'b'])
      const first = await read(latest)
      assert.equal((await read(latest)).status, 204)
      await fill(['c'])
      assert.deepEqual(namesOf(await read(first.links['next'] ?? '')), ['c'])
      const again = await read(latest)
      assert.equal(again.status, 204)
      await fill(['d'])
      assert.deepEqual(namesOf(await read(latest)), ['d'])
    })

    it('gives a program the rest when it begins again in the middle', async () => {
      const { register, read } = gateway()
      const journal = await register()
      await fill(['a', 'b', 'c'])
      assert.deepEqual(namesOf(await read(`${journal}?latest=true&limit=2`)), ['a', 'b'])
      assert.deepEqual(namesOf(await read(`${journal}?latest=true`)), ['c'])
    })

    it('gives a program nothing twice after a restart of the service', async () => {
      const { register, read, kill } = gateway()
      const journal = await register()
      const latest = `${journal}?latest=true`
      await fill(['a'])
      await read(latest)
      await fill(['b'])
      await kill()
      assert.deepEqual(namesOf(await read(latest)), ['b'])
      await kill()
      assert.equal((await read(latest)).status, 204)
    })

    it('takes nothing from a program that looked at the bare journal', async () => {
      const { register, read } = gateway()
      const journal = await register()
      await fill(['a'])
      assert.deepEqual(namesOf(await read(journal)), ['a'])
      assert.deepEqual(namesOf(await read(`${journal}?latest=true`)), ['a'])
    })
  })

  it('keeps its events over a restart', async () => {
    const { register, read, kill } = gateway()
    const journal = await register()
    await fill(['a', 'b'])
    const before = await read(journal)
    await kill()
    assert.equal((await read(journal)).text, before.text)
    await fill(['c'])
    assert.equal((await read(journal)).page?.last, '3')
  })
})
