import assert from 'node:assert/strict'
import { setImmediate } from 'node:timers/promises'
import { useTemporaryFolder } from '../../../support/temporary-folder.ts'
import { COMPANY, type OpenedDoor, openDoor, streamOf } from '../open-door.ts'
import { at, call, envelope, faultOf, param, post, texts } from './call-ips.ts'

const HERE = `<companyHandle>c|${COMPANY}</companyHandle>`
const PUBLISH =
  '<imageServingPublishJob><publishType>Full</publishType><emailSetting>Error</emailSetting></imageServingPublishJob>'
const LATER = '<execTime>2100-01-01T00:00:00+01:00</execTime>'

const YEARLY = 'CRON_TZ=Europe/Berlin 0 30 6 1 1 ?'

function named(name: string): string {
  return `${HERE}<jobName>${name}</jobName>`
}

function about(handle: string): string {
  return `${HERE}<jobHandle>${handle}</jobHandle>`
}

describe('jobs of IPS', () => {
  const temporary = useTemporaryFolder()
  let opened: OpenedDoor

  before(async () => {
    opened = await openDoor(temporary.pathTo('home'))
    await opened.door.kept.addFile(COMPANY, 'shoe', {
      name: 'shoe.jpg',
      mediaType: 'image/jpeg',
      body: streamOf('a shoe'),
    })
  })
  after(async () => {
    await opened.door.close?.()
    assert.deepEqual(opened.errors, [])
  })

  const run = (operation: string, members: string) => call(opened.app, operation, members)
  const refused = async (operation: string, members: string) =>
    faultOf(await post(opened.app, envelope(param(operation, members))))
  const submit = async (members: string): Promise<string> =>
    at(await run('submitJob', members), 'jobHandle')?.text ?? ''
  const handlesOf = async (operation: string, more = '') =>
    texts(await run(operation, `${HERE}${more}`), 'jobHandle')

  const scheduled = (name: string) =>
    submit(`${named(name)}<execSchedule>${YEARLY}</execSchedule>${PUBLISH}`)
  const toldOf = async (handle: string, ...members: string[]) => {
    const job = at(await run('getScheduledJobs', about(handle)), 'jobArray/items')
    return members.map((name) => job && at(job, name)?.text)
  }
  const logsOf = async (name: string) =>
    texts(await run('getJobLogs', HERE), 'jobName').filter((each) => each === name)

  /** Waits until a job has left those that are active. */
  async function ended(handle: string) {
    for (;;) {
      const log = at(await run('getJobLogDetails', about(handle)), 'jobLogArray/items')
      if (log) return log
      await setImmediate()
    }
  }

  it('run at once, and leave those that are active for the logs', async () => {
    const handle = await submit(
      `${named('My Test Job')}<execTime/><execSchedule/><description>a test</description>${PUBLISH}`,
    )
    const log = await ended(handle)
    assert.deepEqual(
      await handlesOf('getActiveJobs', '<includeWaitingJobs>true</includeWaitingJobs>'),
      [],
    )
    assert.deepEqual(
      [
        'jobName',
        'originalJobName',
        'submitUserEmail',
        'description',
        'fileSuccessCount',
        'fatalError',
        'detailTotalRows',
      ].map((name) => at(log, name)?.text),
      ['My Test Job', 'My Test Job', 'ann', 'a test', '1', 'false', '2'],
    )
    assert.deepEqual(texts(log, 'logType'), [
      'BeginImageServingPublish',
      'EndImageServingPublish',
      'ReturnSuccess',
    ])
    assert.deepEqual(await handlesOf('getJobLogs'), [handle])
  })

  it('tell of their logs a page and a kind of line at a time', async () => {
    const handle = await submit(named('pages') + PUBLISH)
    await ended(handle)
    const page = await run(
      'getJobLogDetails',
      `${about(handle)}<recordsPerPage>1</recordsPerPage><resultsPage>2</resultsPage>`,
    )
    assert.deepEqual(texts(page, 'logType').slice(1), ['ReturnSuccess'])
    const some = await run(
      'getJobLogDetails',
      `${HERE}<originalName>pages</originalName><logTypeArray><items>ReturnSuccess</items></logTypeArray>`,
    )
    assert.deepEqual(texts(some, 'detailTotalRows'), ['1'])
    assert.deepEqual(
      texts(
        await run('getJobLogs', `${HERE}<sortBy>JobName</sortBy><numRows>1</numRows>`),
        'jobName',
      ),
      ['My Test Job'],
    )
  })

  it('wait for their time, and run before it when they are told to', async () => {
    const handle = await submit(named('later') + LATER + PUBLISH)
    assert.deepEqual(await handlesOf('getActiveJobs'), [])
    const told = at(await run('getScheduledJobs', HERE), 'jobArray/items')
    assert.ok(told)
    assert.deepEqual(
      ['jobHandle', 'type', 'nextFireTime', 'triggerState'].map((name) => at(told, name)?.text),
      [handle, 'ImageServingPublish', '2099-12-31T23:00:00.000Z', 'Normal'],
    )
    assert.equal(at(told, 'imageServingPublishJob/publishType')?.text, 'Full')
    const waiting = await run(
      'getActiveJobs',
      `${about(handle)}<includeWaitingJobs>true</includeWaitingJobs>`,
    )
    assert.deepEqual(texts(waiting, 'state'), ['New'])
    await run('executeJob', about(handle))
    await ended(handle)
    assert.deepEqual(await handlesOf('getScheduledJobs'), [])
  })

  it('are paused, resumed and stopped before they begin', async () => {
    const handle = await submit(named('paused') + LATER + PUBLISH)
    await run('pauseJob', about(handle))
    const paused = await run('getScheduledJobs', about(handle))
    assert.deepEqual(texts(paused, 'triggerState'), ['Paused'])
    await run('resumeJob', about(handle))
    assert.deepEqual(texts(await run('getScheduledJobs', about(handle)), 'triggerState'), [
      'Normal',
    ])
    await run('stopJob', about(handle))
    const log = await ended(handle)
    assert.equal(at(log, 'fatalError')?.text, 'true')
    assert.deepEqual(texts(log, 'logMessage'), ['ann has stopped the job.'])
    assert.match((await refused('pauseJob', about(handle))).reason, /is done/)
  })

  describe('by an execSchedule', () => {
    it('are told with it and with the time zone that it is in', async () => {
      const handle = await scheduled('yearly')
      const members = ['execSchedule', 'timeZone', 'triggerState', 'originalName'] as const
      assert.deepEqual(await toldOf(handle, ...members), [
        YEARLY,
        'Europe/Berlin',
        'Normal',
        'yearly',
      ])
      const [next = ''] = await toldOf(handle, 'nextFireTime')
      assert.match(next, /-01-01T05:30:00\.000Z$/)
      assert.ok(Date.parse(next) > Date.now())
      await run('deleteJob', about(handle))
    })

    it('are run now, as a job of its own, and stay scheduled', async () => {
      const handle = await scheduled('executed')
      const before = await toldOf(handle, 'nextFireTime')
      await run('executeJob', about(handle))
      while ((await logsOf('executed')).length === 0) await setImmediate()
      await run('executeJob', about(handle))
      while ((await logsOf('executed')).length === 1) await setImmediate()
      const details = await run('getJobLogDetails', `${HERE}<originalName>executed</originalName>`)
      assert.equal(new Set(texts(details, 'jobHandle')).size, 2)
      assert.deepEqual(await toldOf(handle, 'nextFireTime'), before)
      await run('deleteJob', about(handle))
      assert.deepEqual(await toldOf(handle, 'nextFireTime'), [undefined])
      assert.equal((await logsOf('executed')).length, 2)
    })

    it('are paused and resumed, and run meanwhile when they are told to', async () => {
      const handle = await scheduled('resting')
      await run('pauseJob', about(handle))
      await run('executeJob', about(handle))
      while ((await logsOf('resting')).length === 0) await setImmediate()
      assert.deepEqual(await toldOf(handle, 'triggerState'), ['Paused'])
      await run('resumeJob', about(handle))
      assert.deepEqual(await toldOf(handle, 'triggerState'), ['Normal'])
      await run('deleteJob', about(handle))
    })

    it('are not stopped when nothing of them runs', async () => {
      const handle = await scheduled('idle')
      const fault = await refused('stopJob', about(handle))
      assert.match(fault.reason, /is not run now, so there is nothing to stop; deleteJob ends/)
      assert.deepEqual(await toldOf(handle, 'triggerState'), ['Normal'])
      await run('deleteJob', about(handle))
    })
  })

  it('are deleted with their logs', async () => {
    const handle = await submit(named('deleted') + LATER + PUBLISH)
    await run('deleteJob', about(handle))
    assert.deepEqual(await handlesOf('getScheduledJobs'), [])
    assert.equal((await refused('deleteJob', about(handle))).code, 30001)
  })

  it('are there after the service has ended', async () => {
    const home = temporary.pathTo('again')
    const first = await openDoor(home)
    const members = named('kept') + LATER + PUBLISH
    const handle = at(await call(first.app, 'submitJob', members), 'jobHandle')?.text ?? ''
    await first.door.close?.()
    const second = await openDoor(home)
    try {
      const told = await call(second.app, 'getScheduledJobs', HERE)
      assert.deepEqual(texts(told, 'jobHandle'), [handle])
    } finally {
      await second.door.close?.()
    }
  })

  it('have logged nothing about an asset that no job was about', async () => {
    const found = await run('getAssetsByName', `${HERE}<nameArray><items>shoe</items></nameArray>`)
    const [handle = ''] = texts(found, 'assetHandle')
    const logs = await run('getAssetJobLogs', `${HERE}<assetHandle>${handle}</assetHandle>`)
    assert.deepEqual(texts(logs, 'jobHandle'), [])
  })

  const wrong: [what: string, members: string, code: number, reason: RegExp][] = [
    ['no job', named('x'), 30002, /needs a job/],
    [
      'two jobs',
      `${named('x')}${PUBLISH}<createVideoSitemapJob/>`,
      30001,
      /one job, and it has imageServingPublishJob, createVideoSitemapJob/,
    ],
    [
      'a job that is not run here',
      `${named('x')}<createVideoSitemapJob/>`,
      30000,
      /runs no createVideoSitemapJob: it runs imageServingPublishJob/,
    ],
    ['a job without a name', HERE + PUBLISH, 30002, /needs jobName/],
    ['a job with an empty name', named(' ') + PUBLISH, 30001, /1 to 200 letters/],
    [
      'a locale that is none',
      `${named('x')}<locale>english</locale>${PUBLISH}`,
      30001,
      /such as en-US/,
    ],
    [
      'two times',
      `${named('x')}${LATER}<execSchedule>0 0 * * *</execSchedule>${PUBLISH}`,
      30001,
      /and not both/,
    ],
    [
      'a schedule of another kind of cron',
      `${named('x')}<execSchedule>0 0 * * *</execSchedule>${PUBLISH}`,
      30001,
      /execSchedule must have six or seven fields.+it has 5/,
    ],
    [
      'a schedule whose times are over',
      `${named('x')}<execSchedule>0 0 0 1 1 ? 2020</execSchedule>${PUBLISH}`,
      30001,
      /a time that is still to come/,
    ],
    [
      'a schedule whose time never comes',
      `${named('x')}<execSchedule>0 0 0 30 2 ?</execSchedule>${PUBLISH}`,
      30001,
      /a time that is still to come/,
    ],
    [
      'a time that is none',
      `${named('x')}<execTime>tomorrow</execTime>${PUBLISH}`,
      30001,
      /xsd:dateTime/,
    ],
    [
      'an unknown kind of publishing',
      named('x') + PUBLISH.replace('Full', 'Half'),
      30001,
      /publishType must be one of/,
    ],
    [
      'an unknown setting of mails',
      named('x') + PUBLISH.replace('Error<', 'Erreur<'),
      30001,
      /emailSetting must be one of All, Error, ErrorAndWarning, JobCompletion, None/,
    ],
    [
      'a user that there is not',
      `${named('x')}<userHandle>9|who</userHandle>${PUBLISH}`,
      20007,
      /no user "9\|who"/,
    ],
  ]
  for (const [what, members, code, reason] of wrong) {
    it(`are refused with ${what}`, async () => {
      const fault = await refused('submitJob', members)
      assert.equal(fault.code, code, fault.reason)
      assert.match(fault.reason, reason)
    })
  }
})
