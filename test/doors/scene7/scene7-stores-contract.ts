import assert from 'node:assert/strict'
import { setImmediate } from 'node:timers/promises'
import { openKeptAssets } from '../../../src/doors/scene7/catalogue/kept-assets.ts'
import { createPresets } from '../../../src/doors/scene7/catalogue/presets.ts'
import { openReadyCatalogue } from '../../../src/doors/scene7/catalogue/ready-catalogue.ts'
import { createAssetRecords } from '../../../src/doors/scene7/ips/assets/asset-records.ts'
import { createFolders } from '../../../src/doors/scene7/ips/assets/folders.ts'
import { openKeptExports } from '../../../src/doors/scene7/ips/exports/kept-exports.ts'
import { createJobStore, type NewJob } from '../../../src/doors/scene7/ips/jobs/job-store.ts'
import { createOwedMails } from '../../../src/doors/scene7/ips/jobs/owed-mails.ts'
import { createRunStore } from '../../../src/doors/scene7/ips/jobs/run-store.ts'
import { createScheduleStore } from '../../../src/doors/scene7/ips/jobs/schedule-store.ts'
import { createKeptUsers } from '../../../src/doors/scene7/ips/users/kept-users.ts'
import type { Scene7Databases } from '../../../src/doors/scene7/scene7-databases.ts'
import { Unread, withPrepared } from '../../../src/doors/scene7/serving/unprepared.ts'
import { createIdleUploads } from '../../../src/doors/scene7/upload/idle-uploads.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { collectLog } from '../asset-compute/gateway-fixture.ts'
import { streamOf } from './open-door.ts'

const JOB: NewJob = {
  company: 'acme',
  name: 'Sommer ☀',
  kind: 'exportJob',
  details: { nul: 'a\0b', list: [1, 2] },
  email: 'ann@acme.example',
  locale: undefined,
  description: undefined,
  execTime: undefined,
  schedule: undefined,
}

const names = (all: readonly { readonly name: string }[]): string[] => all.map(({ name }) => name)

const jpeg = (text: string, origin?: string) => ({
  name: 'Über uns.jpg',
  mediaType: 'image/jpeg',
  body: streamOf(text),
  origin,
})

/** Chooses the first number that is not taken. */
const choose = async (isTaken: (name: string) => Promise<boolean>): Promise<string> => {
  let number = 0
  while (await isTaken(`n${number}`)) number += 1
  return `n${number}`
}

/** What the stores of Scene7 do, wherever their tables are. */
export function specifyScene7Stores(open: () => Promise<Scene7Databases>): void {
  const temporary = useTemporaryFolder()
  const clock = { ms: Date.UTC(2026, 0, 1) }
  const now = (): number => clock.ms
  const { signal } = new AbortController()
  let databases: Scene7Databases
  let folders = 0
  beforeEach(async () => {
    databases = await open()
  })
  afterEach(() => databases.close?.())

  const openAssets = () =>
    openKeptAssets(databases.catalogue, {
      folder: temporary.pathTo(`originals-${(folders += 1)}`),
      log: collectLog(),
      now,
    })

  const openJobs = (self = 'one') => ({
    store: createJobStore(databases.ips, now),
    schedules: createScheduleStore(databases.ips, now),
    runs: createRunStore(databases.ips, self, now),
    owed: createOwedMails(databases.ips, self),
    idle: createIdleUploads(databases.ips, now),
  })

  /** Resolves when what was told of the catalogue before is heard. */
  async function allIsHeard(): Promise<void> {
    const { catalogue } = databases
    const { promise, resolve } = Promise.withResolvers<void>()
    const end = catalogue.hear('all', () => resolve())
    await catalogue.write((tables) => catalogue.tell(tables, 'all', ''))
    await promise
    end()
  }

  describe('assets', () => {
    it('have one file at a time, and keep what is told of them', async () => {
      const kept = await openAssets()
      const crop = { name: 'b', x: 0.1, y: 1 / 3, width: 0.5, height: 0.25 }
      const crops = [
        { ...crop, forWidth: 3, forHeight: 4 },
        { ...crop, name: 'a', forWidth: 1, forHeight: 2 },
      ]
      await kept.addFile('acme', 'a/shoe', jpeg('one', 'x'))
      const told = { modifier: 'wid=3', postModifier: '', resolution: 72.5, width: 9, folder: 'é' }
      await kept.describe('acme', 'a/shoe', { ...told, crops })
      const before = await kept.find('acme', 'a/shoe')
      assert.deepEqual({ ...before, ...told }, before)
      assert.deepEqual(before?.crops, crops.toReversed())
      const after = await kept.addFile('acme', 'a/shoe', jpeg('two'))
      assert.notEqual(after.version, before?.version)
      assert.deepEqual(
        [after.modifier, after.crops.length, after.width, after.original?.name],
        ['wid=3', 2, undefined, 'Über uns.jpg'],
      )
      assert.equal(await kept.findOrigin('acme', 'x'), undefined)
      assert.equal(await kept.remove('acme', 'a/shoe'), true)
      assert.equal(await kept.remove('acme', 'a/shoe'), false)
    })

    it('are listed by their names, whatever the letters, and found several at once', async () => {
      const kept = await openAssets()
      const all = ['B', 'Zebra', '_', 'a', 'b', 'z', 'Ä', 'ä', '日本', '😀']
      for (const name of all.toReversed()) await kept.addFile('acme', name, jpeg(name))
      await kept.addFile('other', 'B', jpeg('theirs'))
      assert.deepEqual(names(await kept.list('acme')), all)
      assert.deepEqual((await kept.companies()).toSorted(), ['acme', 'other'])
      const found = await kept.several('acme', ['b', 'ä', 'none', 'b', 'a\0'])
      assert.deepEqual([...found.keys()].toSorted(), ['b', 'ä'])
      const stamp = await kept.stamp()
      assert.equal(await kept.stamp(), stamp)
      await kept.describe('other', 'B', { folder: 'x' })
      assert.notEqual(await kept.stamp(), stamp)
    })

    for (const name of ['a\0b', '', '..', 'a'.repeat(1001), '\ud800']) {
      it(`are none of a name that none has: ${JSON.stringify(name.slice(0, 9))}`, async () => {
        const kept = await openAssets()
        assert.equal(await kept.find('acme', name), undefined)
        assert.equal(await kept.find(name, 'a'), undefined)
        assert.deepEqual(await kept.list(name), [])
        assert.equal(await kept.remove('acme', name), false)
      })
    }

    it('are given another name in all sets that have them', async () => {
      const kept = await openAssets()
      await kept.addFile('acme', 'shoe', jpeg('one'))
      const members = [{ asset: 'shoe' }, { asset: 'other', swatch: 'acme/shoe' }]
      const set = await kept.describe('acme', 'set', { members })
      assert.equal(set.type, 'set')
      const renamed = await kept.rename('acme', 'shoe', 'boot')
      assert.equal(renamed.original?.size, 3)
      const after = await kept.find('acme', 'set')
      assert.deepEqual(after?.members, [
        { asset: 'boot', swatch: undefined },
        { asset: 'other', swatch: 'boot' },
      ])
      assert.notEqual(after?.version, set.version)
      await assert.rejects(kept.rename('acme', 'boot', 'set'), { code: 'conflict' })
      await assert.rejects(kept.rename('acme', 'shoe', 'x'), { code: 'not_found' })
    })

    it('get names of which each is given once, however many are chosen at once', async () => {
      const kept = await openAssets()
      const added = await Promise.all(
        Array.from({ length: 8 }, (_, index) => kept.addFile('acme', choose, jpeg(`${index}`))),
      )
      assert.deepEqual(
        names(added).toSorted(),
        Array.from({ length: 8 }, (_, index) => `n${index}`),
      )
    })

    it('are read ahead for who cannot wait, and anew when they are others', async () => {
      const kept = await openAssets()
      const presets = createPresets(databases.catalogue, now)
      const ready = await openReadyCatalogue(kept, presets)
      const find = (name: string) => withPrepared(signal, () => ready.find('acme', name))
      assert.throws(() => ready.find('acme', 'shoe'), Unread)
      assert.equal(await find('shoe'), undefined)
      assert.equal(ready.find('acme', 'shoe'), undefined)
      assert.equal(ready.hasCompany('acme'), false)
      const { version } = await kept.addFile('acme', 'shoe', jpeg('one'))
      assert.equal(ready.hasCompany('acme'), true)
      assert.equal((await find('shoe'))?.version, version)
      await kept.describe('acme', 'set', { members: [{ asset: 'shoe' }, { asset: 'none' }] })
      await kept.describe('acme', 'shoe', { modifier: 'wid=1' })
      await allIsHeard()
      await find('set')
      assert.equal(ready.find('acme', 'shoe')?.modifier, 'wid=1')
      assert.equal(ready.find('acme', 'none'), undefined)
      await kept.rename('acme', 'shoe', 'boot')
      assert.deepEqual(
        names((await find('set'))?.members.map(({ asset: name }) => ({ name })) ?? []),
        ['boot', 'none'],
      )
      await kept.remove('acme', 'set')
      await kept.remove('acme', 'boot')
      // It is asked once more for what was heard last.
      await allIsHeard()
      while (ready.hasCompany('acme')) await setImmediate()
      const preset = () => withPrepared(signal, () => ready.findPreset('acme', 'WEB'))
      assert.equal(await preset(), undefined)
      await presets.save('acme', { name: 'Web', commands: 'wid=1' })
      assert.equal((await preset())?.commands, 'wid=1')
      ready.close()
    })
  })

  it('presets have names whose capital letters do not count, and that of the last one', async () => {
    const presets = createPresets(databases.catalogue, now)
    for (const name of ['web', 'Large', 'WEB', 'a-1', '_x']) {
      await presets.save('acme', { name, commands: `&wid=1&\n $x=${name}` })
    }
    assert.deepEqual(names(await presets.list('acme')), ['_x', 'a-1', 'Large', 'WEB'])
    const found = await presets.find('acme', 'wEb')
    assert.deepEqual(found, { name: 'WEB', commands: 'wid=1&$x=WEB', modified: clock.ms })
    assert.equal(await presets.find('other', 'web'), undefined)
    assert.equal(await presets.find('acme', 'we\0b'), undefined)
    assert.equal(await presets.remove('acme', 'LARGE'), true)
    assert.equal(await presets.remove('acme', 'large'), false)
    await assert.rejects(presets.save('acme', { name: 'a', commands: '\0' }), { code: 'invalid' })
  })

  it('records of assets have numbers that nobody gets again', async () => {
    const records = createAssetRecords(databases.ips)
    const many = Array.from({ length: 600 }, (_, index) => `n${index}`)
    const first = await records.of('acme', ['shoe', 'hat', 'shoe'])
    assert.equal(first.size, 2)
    const shoe = first.get('shoe')?.number ?? 0
    const both = await Promise.all([records.of('acme', many), records.of('acme', many)])
    assert.deepEqual(both[0], both[1])
    assert.equal(new Set([...both[0].values()].map(({ number }) => number)).size, 600)
    await records.describeSet(shoe, { type: 'SpinSet', thumb: first.get('hat')?.number })
    await records.setReady(shoe, false)
    assert.deepEqual(await records.unready('acme'), new Set(['shoe']))
    assert.deepEqual(await records.setTypes('acme'), new Map([['shoe', 'SpinSet']]))
    await records.rename(shoe, 'hat')
    assert.deepEqual(await records.find(shoe), {
      number: shoe,
      company: 'acme',
      name: 'hat',
      isReady: false,
      setType: 'SpinSet',
      thumb: undefined,
    })
    await records.remove(shoe)
    const newest = Math.max(...[...both[0].values()].map(({ number }) => number))
    await records.remove(newest)
    const again = (await records.of('acme', ['again'])).get('again')?.number ?? 0
    assert.ok(again > newest)
    assert.deepEqual([...(await records.several([again, shoe, newest])).keys()], [again])
  })

  it('folders are those that were made and those of assets', async () => {
    const kept = await openAssets()
    const made = createFolders(databases.ips, kept, now)
    await kept.addFile('acme', 'shoe', jpeg('one'))
    await kept.describe('acme', 'shoe', { folder: 'a/b' })
    for (const folder of ['a/c', 'ab', 'a/c']) await made.create('acme', folder)
    assert.deepEqual(await made.list('acme'), ['', 'a', 'a/b', 'a/c', 'ab'])
    await made.remove('acme', 'a')
    assert.deepEqual(await made.list('acme'), ['', 'a', 'a/b', 'ab'])
    assert.deepEqual([await made.has('acme', 'ab'), await made.has('acme', 'b')], [true, false])
  })

  describe('jobs', () => {
    it('begin one of each user at a time, the first that is due first', async () => {
      const { store, runs } = openJobs()
      const later = await store.add({ ...JOB, execTime: clock.ms + 5 })
      const first = await store.add(JOB)
      const other = await store.add({ ...JOB, company: 'other', execTime: clock.ms - 5 })
      assert.deepEqual(await store.find(first.number), first)
      assert.deepEqual(first.details, JOB.details)
      const numbers = async () => (await store.next()).map(({ number }) => number)
      assert.deepEqual(await numbers(), [other.number, first.number])
      const begun = await Promise.all([first, first, later].map(({ number }) => runs.begin(number)))
      assert.equal(begun.filter(Boolean).length, 1)
      assert.deepEqual(await numbers(), [other.number])
      assert.deepEqual(
        (await store.counts()).map(({ state, count }) => `${state} ${count}`).toSorted(),
        ['running 1', 'waiting 2'],
      )
    })

    it('are logged and counted by who runs them, however much at once', async () => {
      const { store, runs } = openJobs()
      const { number } = await store.add(JOB)
      await runs.begin(number)
      const asset = { number: 7, name: 'shoe', type: 'Image' }
      const spent = { start: 1, end: 2 }
      await Promise.all(
        Array.from({ length: 6 }, (_, item) =>
          runs.tally(number, 'successes', {
            type: 'FileEnd',
            message: `a\0${item}`,
            asset,
            item,
            spent,
          }),
        ),
      )
      const counts = { total: 9, successes: 7, errors: 1, warnings: 1 }
      await runs.log(
        number,
        [
          { type: 'A', message: 'a' },
          { type: 'B', message: 'b' },
        ],
        counts,
      )
      const lines = await store.linesOf(number)
      assert.deepEqual(
        lines
          .slice(0, 6)
          .toSorted((a, b) => (a.item ?? 0) - (b.item ?? 0))
          .map(({ item, spent: time }) => [item, time]),
        Array.from({ length: 6 }, (_, item) => [item, spent]),
      )
      assert.deepEqual(
        lines.slice(6).map(({ type }) => type),
        ['A', 'B'],
      )
      assert.equal((await store.aboutAsset(7)).length, 6)
      const { total, successes } = (await store.find(number)) ?? {}
      assert.deepEqual([total, successes], [9, 7])
    })

    it('are changed no more by who does not run them any more', async () => {
      const [one, two] = [openJobs('one'), openJobs('two')]
      const { number } = await one.store.add(JOB)
      assert.equal(await one.runs.begin(number), true)
      assert.equal(await two.runs.begin(number), false)
      await two.runs.recover(['one', 'two'])
      assert.equal(await one.runs.holds(number), true)
      await two.runs.recover(['two'])
      assert.deepEqual([await one.runs.holds(number), await two.runs.begin(number)], [false, true])
      await one.runs.end(number, false, { type: 'ReturnSuccess', message: 'late' })
      await one.runs.tally(number, 'errors', { type: 'GetFailure', message: 'late' })
      await one.runs.letGo(number)
      const { state, errors } = (await two.store.find(number)) ?? {}
      assert.deepEqual([state, errors, await two.store.linesOf(number)], ['running', 0, []])
      await Promise.all(
        [two.runs, two.runs].map((runs) =>
          runs.end(number, false, { type: 'ReturnSuccess', message: 'done' }),
        ),
      )
      await one.store.end(number, true, { type: 'FatalError', message: 'stopped' })
      assert.equal((await one.store.linesOf(number)).length, 1)
    })

    it('wait when they are paused, whoever runs them', async () => {
      const { store, runs } = openJobs()
      const { number } = await store.add(JOB)
      await runs.begin(number)
      await store.pause(number, true)
      assert.deepEqual(
        [await runs.holds(number), await runs.begin(number), (await store.next()).length],
        [false, false, 0],
      )
      await store.hurry(number)
      assert.equal(await runs.begin(number), true)
      await store.remove(number)
      await runs.log(number, [{ type: 'A', message: 'a' }])
      assert.equal(await store.find(number), undefined)
    })

    it('have a mail owed about their end, which one front end sends', async () => {
      const [one, two] = [openJobs('one'), openJobs('two')]
      const { number } = await one.store.add(JOB)
      await one.store.end(number, true, { type: 'FatalError', message: 'stopped' })
      assert.equal((await one.owed.list()).length, 1)
      const taken = await Promise.all([one, two].map(({ owed }) => owed.take(number)))
      assert.equal(taken.filter(Boolean).length, 1)
      assert.deepEqual(await two.owed.list(), [])
      await two.owed.recover([])
      assert.equal(await two.owed.take(number), true)
      await one.owed.settle(number)
      assert.equal(await one.owed.isOwed(number), true)
      await two.owed.settle(number)
      assert.equal(await one.owed.isOwed(number), false)
    })

    it('are made by schedules, each time once', async () => {
      const { store, schedules } = openJobs()
      const due = clock.ms + 10
      const { number } = await store.add({ ...JOB, schedule: '0 0 * * * ?', execTime: due })
      assert.equal((await schedules.due()).length, 1)
      await Promise.all([1, 2, 3].map(() => schedules.fire(number, due, due + 10)))
      const run = await schedules.openRun(number)
      assert.equal((await store.list('acme', 'waiting')).length, 2)
      assert.deepEqual([run?.scheduledBy, run?.details], [number, JOB.details])
      assert.deepEqual([await schedules.due(), await schedules.runOnce(number)], [[], undefined])
      await store.end(run?.number ?? 0, false, { type: 'ReturnSuccess', message: '' })
      await schedules.fire(number, due + 10, undefined)
      assert.equal(await store.find(number), undefined)
      assert.equal((await store.next())[0]?.scheduledBy, undefined)
    })

    it('that take files are idle when nobody sends any', async () => {
      const { store, idle } = openJobs()
      const { number } = await store.open(JOB)
      const other = await store.open(JOB)
      clock.ms += 10
      assert.deepEqual(await idle.since(clock.ms - 11), [])
      await store.tally(number, 'errors', { type: 'UploadError', message: 'x' })
      assert.deepEqual(await idle.since(clock.ms - 1), [other.number])
      await idle.touch([other.number])
      assert.deepEqual(await idle.since(clock.ms - 1), [])
      assert.equal((await idle.since(clock.ms)).length, 2)
    })

    it('have their ZIPs fetched by who knows the token, until they expire', async () => {
      const { store } = openJobs()
      const { number } = await store.add(JOB)
      const exports = await openKeptExports(databases.ips, {
        folder: temporary.pathTo(`exports-${(folders += 1)}`),
        now,
      })
      await exports.workOf(number)
      const [one, two] = [
        await exports.publish(number, 'a.zip'),
        await exports.publish(number, 'Über.zip'),
      ]
      assert.notEqual(one.token, two.token)
      assert.deepEqual(await exports.ofJob(number), two)
      for (const token of ['', 'a\0', one.token, two.token]) {
        assert.equal(await exports.find(token, 'Über.zip'), undefined, 'there is no file')
      }
    })
  })

  it('users are found whatever their capital letters, with what they are where', async () => {
    const users = createKeptUsers(databases.users)
    const user = { firstName: 'Ann', lastName: '', role: 'IpsUser', password: 'secret' } as const
    const add = (email: string, company: string) => users.add({ ...user, email, company })
    assert.equal(await add('Ann@acme.example', 'zoo'), true)
    assert.equal(await add('ann@ACME.example', 'acme'), false)
    assert.equal(await add('É@acme.example', 'acme'), true)
    assert.equal(await add('é@acme.example', 'acme'), true)
    const found = await users.find('ANN@acme.EXAMPLE')
    assert.deepEqual(
      [found?.email, found?.memberships.map(({ company }) => company)],
      ['Ann@acme.example', ['acme', 'zoo']],
    )
    const all = (await users.list()).map(({ email }) => email)
    assert.deepEqual(all, ['Ann@acme.example', 'É@acme.example', 'é@acme.example'])
    assert.equal(await users.find('a\0@b'), undefined)
    const number = found?.number ?? 0
    assert.deepEqual(
      [await users.remove('ann@acme.example'), await users.remove('ann@acme.example')],
      [true, false],
    )
    await add('new@acme.example', 'acme')
    assert.ok(((await users.find('new@acme.example'))?.number ?? 0) > number)
  })
}
