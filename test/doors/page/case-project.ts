import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { Hono } from 'hono'
import { ServiceError } from '../../../src/base/errors.ts'
import { createStartMocked } from '../../../src/cli/mocked-service.ts'
import { startOwnService } from '../../../src/cli/own-service.ts'
import { connect } from '../../../src/client/service-client.ts'
import type { Service } from '../../../src/compose/service.ts'
import { readConfig } from '../../../src/config.ts'
import { workerUrl } from '../../../src/contract/actions.ts'
import type { Update } from '../../../src/doors/page/api.ts'
import { createCaseRoutes } from '../../../src/doors/page/cases/case-routes.ts'
import type { CaseService, StartMocked } from '../../../src/doors/page/cases/case-service.ts'
import { type Cases, createCases } from '../../../src/doors/page/cases/page-cases.ts'
import type { RequestFiles } from '../../../src/doors/page/requests/request-files.ts'
import { createUpdates } from '../../../src/doors/page/update-channel.ts'

const PACKAGE = 'dx-asset-compute-worker-1'

/** Files of a case by their names; a link is told by where it leads. */
export type CaseFiles = Readonly<Record<string, string | Buffer | { link: string }>>

type CaseUpdate = Extract<Update, { about: 'case' }>

/** The test cases of a project in a folder of its own, as the developer page has them. */
export interface CaseProject {
  pathTo: (...names: string[]) => string
  /** Writes a case, such as `copy/good`. */
  write: (name: string, files: CaseFiles) => void
  cases: () => Cases
  /** Asks for a path below `/devtool/api`. */
  ask: (url: string, init?: RequestInit) => Promise<Response>
  post: (url: string, body: unknown) => Promise<Response>
  /** Runs cases until all have ended; resolves with everything that is told meanwhile. */
  run: (...names: string[]) => Promise<CaseUpdate[]>
  /** Resolves once a case is told to be in a state. */
  told: (name: string, state: string) => Promise<void>
  /** The service that cases run on; only with actions. */
  service: () => Service
  /** The requests that it was told to end, which it is not for this. */
  cancelled: readonly string[]
  /** The state folder of that service. */
  home: () => string
}

/** What no case is saved from. */
const NO_REQUESTS: RequestFiles = {
  request: () => undefined,
  copySource: () => Promise.reject(new Error('there is no source')),
  copyRendition: () => Promise.reject(new Error('there is no rendition')),
}

/**
 * A project for the tests of the enclosing `describe`.
 *
 * @param actions - the file of each action; of none when the service is not to be reached
 */
export function useCaseProject(
  actions: Readonly<Record<string, string | undefined>>,
  requests: () => RequestFiles = () => NO_REQUESTS,
): CaseProject {
  const folder = mkdtempSync(path.join(tmpdir(), 'darkroom-test-'))
  const pathTo = (...names: string[]): string => path.join(folder, ...names)
  const home = (): string => pathTo('home')
  const updates = createUpdates()
  const cancelled: string[] = []
  const certificates = getCACertificates('default')
  let service: Service | undefined
  let cases: Cases | undefined
  let app: Hono | undefined

  before(async () => {
    mkdirSync(pathTo('test/asset-compute'), { recursive: true })
    const names = Object.keys(actions)
    let runs: { service: CaseService; startMocked: StartMocked } = UNREACHABLE
    if (Object.values(actions).some((file) => file !== undefined)) {
      writeFileSync(pathTo('manifest.yml'), manifestOf(actions))
      mkdirSync(home())
      const manifest = pathTo('manifest.yml')
      const config = readConfig()
      const running = await startOwnService(config, home(), { manifest, warm: [] })
      service = running
      const project = { manifest, names, fullName: (name: string) => `${PACKAGE}/${name}` }
      runs = {
        service: {
          workerUrl: (action, instructions) => workerUrl(running.origin, action, instructions),
          connect: () => connect(running.origin, home()),
          onActivationEnd: running.onActivationEnd,
        },
        startMocked: createStartMocked({ config, project }),
      }
    }
    cases = await createCases({
      ...runs,
      cancel: async (requestIds) => void cancelled.push(...requestIds),
      folder: pathTo('test/asset-compute'),
      home: path.join(home(), 'cases'),
      actions: names.map((name) => `${PACKAGE}/${name}`),
      requests: {
        request: (id) => requests().request(id),
        copySource: (id, file) => requests().copySource(id, file),
        copyRendition: (id, position, file) => requests().copyRendition(id, position, file),
      },
      draw: (file) =>
        Promise.reject(new ServiceError('not_found', `${path.basename(file)} cannot be drawn.`)),
      updates,
    })
    app = new Hono()
      .route(
        '/',
        createCaseRoutes(async () => current()),
      )
      .onError((error) => {
        if (!(error instanceof ServiceError)) throw error
        return Response.json({ message: error.message }, { status: error.status })
      })
  })
  after(async () => {
    await cases?.stop()
    await service?.stop(0)
    setDefaultCACertificates(certificates)
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  })

  const current = (): Cases => cases ?? assert.fail('the cases are there once the tests run')
  const ask = async (url: string, init?: RequestInit): Promise<Response> =>
    (app ?? assert.fail('the routes are there once the tests run')).request(url, init)

  function listen(until: (update: CaseUpdate) => boolean): Promise<CaseUpdate[]> {
    const told: CaseUpdate[] = []
    return new Promise((resolve) => {
      const unsubscribe = updates.subscribe((update) => {
        if (update.about !== 'case') return
        told.push(update)
        if (!until(update)) return
        unsubscribe()
        resolve(told)
      })
    })
  }

  return {
    pathTo,
    write(name, files) {
      mkdirSync(pathTo('test/asset-compute', name), { recursive: true })
      for (const [file, content] of Object.entries(files)) {
        const place = pathTo('test/asset-compute', name, file)
        if (typeof content === 'string' || Buffer.isBuffer(content)) writeFileSync(place, content)
        else symlinkSync(content.link, place)
      }
    },
    cases: current,
    ask,
    post: (url, body) => ask(url, { method: 'POST', body: JSON.stringify(body) }),
    async run(...names) {
      const open = new Set(names)
      const told = listen(({ action, name, result }) => {
        if (!['queued', 'running'].includes(result.state)) open.delete(`${action}/${name}`)
        return open.size === 0
      })
      current().run(names)
      return told
    },
    async told(wanted, state) {
      await listen(
        ({ action, name, result }) => `${action}/${name}` === wanted && result.state === state,
      )
    },
    service: () => service ?? assert.fail('there is a service once the tests run'),
    cancelled,
    home,
  }
}

/** For tests in which no case gets as far as a service. */
const UNREACHABLE = {
  service: {
    workerUrl: () => undefined,
    connect: () => Promise.reject(new Error('Nobody is there.')),
    onActivationEnd: () => undefined,
  },
  startMocked: () => Promise.reject(new Error('Nobody starts.')),
}

function manifestOf(actions: Readonly<Record<string, string | undefined>>): string {
  const limits = '{ timeout: 600000, memorySize: 512, concurrency: 1 }'
  const lines = Object.entries(actions).map(
    ([name, file]) =>
      `      ${name}: { function: ${path.resolve(file ?? '')}, web: "yes", limits: ${limits} }\n`,
  )
  return `packages:\n  ${PACKAGE}:\n    actions:\n${lines.join('')}`
}
