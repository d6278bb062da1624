import { chmod, chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod/mini'
import { COMPILE_CACHE } from '../../base/compile-cache.ts'
import { OperationError } from '../../base/operation-error.ts'
import { passingPrefix } from '../../base/passing-folder.ts'
import { nameUrl } from '../../base/redact.ts'
import type { Reach } from '../../fetching/reach.ts'
import { endFamily } from '../../programs/process-family.ts'
import { TELLS_DESCENT } from '../../programs/process-session.ts'
import { type Excess, watchLimits } from '../../programs/program-limits.ts'
import { type Child, startChild } from '../../tasks/child.ts'
import type { BrowserProgram } from './browser-program.ts'
import type { CaptureLimits, CaptureOptions } from './capture-options.ts'
import { chromiumArguments } from './chromium-arguments.ts'
import { BRIDGE_PORT, type Confinement, confine, INSIDE } from './confinement.ts'
import { fontsConf } from './fonts-conf.ts'
import { type CaptureNews, captureNewsSchema } from './news.ts'
import { findOwnKey } from './own-certificate.ts'
import { type CaptureProxy, openProxy } from './proxy.ts'
import { type CaptureTask, placeOf, type Subject } from './task.ts'

/** How long a process may take to end that was told to, in milliseconds. */
const PATIENCE_MS = 300

/** What the process of a capture may tell at a time, in bytes. */
const MOST_NEWS_BYTES = 1024 * 1024

/** What a capture needs. */
export interface CaptureRun {
  readonly program: BrowserProgram
  readonly confinement: Confinement
  readonly subject: Subject
  readonly options: CaptureOptions
  readonly limits: CaptureLimits
  /** How far the URL itself may reach; what the page opens has to be on the internet, or at the origin of the URL. */
  readonly reach: Reach
  readonly output: string
  readonly signal: AbortSignal
}

/** A picture's size in pixels; nothing of a PDF. */
export interface Captured {
  readonly width?: number
  readonly height?: number
}

/**
 * Makes one capture, in processes that are gone when it has ended.
 *
 * @throws {@link OperationError} when there is none, and the reason of the signal
 */
export async function runCapture(run: CaptureRun): Promise<Captured> {
  run.signal.throwIfAborted()
  const folder = await mkdtemp(passingPrefix('capture'))
  let proxy: CaptureProxy | undefined
  try {
    const isBridged = run.confinement.kind === 'bubblewrap'
    proxy = await openProxy(
      isBridged ? { path: join(folder, 'proxy') } : { host: '127.0.0.1', port: 0 },
      { reachOf: reachOf(run), mostBytes: run.limits.bytes },
    )
    await prepareFolder(folder, run)
    const { subject, reach } = run
    const ownKey = subject.kind === 'page' ? await findOwnKey(subject.url, reach) : undefined
    return await ask(run, toTask(run, folder, proxy, ownKey), folder, proxy)
  } finally {
    await proxy?.close()
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** What may be connected to. A document may connect to nothing. */
function reachOf({
  subject,
  reach,
}: CaptureRun): (host: string, port: number) => Reach | undefined {
  if (subject.kind === 'document') return () => undefined
  const { protocol, hostname, port } = new URL(subject.url)
  const own = port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port)
  return (host, given) => (host === hostname && given === own ? reach : 'internet')
}

async function prepareFolder(folder: string, { confinement, program }: CaptureRun): Promise<void> {
  const profile = join(folder, 'profile')
  const fonts = join(seenAt(folder, confinement), 'profile/fonts')
  await mkdir(profile)
  await mkdir(join(folder, 'tmp'))
  await writeFile(join(folder, 'fonts.conf'), fontsConf(program.fonts, fonts))
  if (confinement.kind !== 'user' || confinement.uid === undefined) return
  await chmod(folder, 0o711)
  await chmod(join(folder, 'fonts.conf'), 0o644)
  await chown(profile, confinement.uid, confinement.uid)
}

/** Where the folder of a capture is for Chromium. */
function seenAt(folder: string, { kind }: Confinement): string {
  return kind === 'bubblewrap' ? INSIDE : folder
}

function toTask(
  run: CaptureRun,
  folder: string,
  proxy: CaptureProxy,
  ownKey: string | undefined,
): CaptureTask {
  const { confinement, program, subject, options, limits, output } = run
  const inside = seenAt(folder, confinement)
  const isBridged = confinement.kind === 'bubblewrap'
  const proxyPort = isBridged ? BRIDGE_PORT : proxy.port
  const profile = join(inside, 'profile')
  const environment = {
    HOME: profile,
    TMPDIR: isBridged ? '/tmp' : profile,
    PATH: '/usr/local/bin:/usr/bin:/bin',
    LANG: 'C.UTF-8',
    FONTCONFIG_FILE: join(inside, 'fonts.conf'),
    ...(program.libraries !== undefined && { LD_LIBRARY_PATH: program.libraries }),
  }
  const line = (sandboxed: boolean) =>
    confine(confinement, program, chromiumArguments({ profile, proxyPort, sandboxed, ownKey }), {
      folder,
      hasNetwork: subject.kind === 'page',
      environment,
    })
  return {
    subject,
    options,
    limits,
    browser: line(true),
    inOtherSandbox: isBridged ? line(false) : undefined,
    environment,
    proxy: {
      server: `http://127.0.0.1:${proxyPort}`,
      username: proxy.username,
      password: proxy.password,
    },
    output,
    folder,
  }
}

/** Has the process of a capture do it, and sees to it that nothing of it is left. */
async function ask(
  run: CaptureRun,
  task: CaptureTask,
  folder: string,
  proxy: CaptureProxy,
): Promise<Captured> {
  const { limits, signal, subject } = run
  const place = placeOf(subject)
  const ended = Promise.withResolvers<Captured>()
  const child = startChild(
    {
      module: new URL('./capture-process.ts', import.meta.url),
      // It leads a group of its own, which is killed as one.
      leads: true,
      environment: { TMPDIR: join(folder, 'tmp'), NODE_COMPILE_CACHE: COMPILE_CACHE },
      stdout: 'ignore',
      stderr: 'pipe',
      limits: { json: MOST_NEWS_BYTES, bytes: 0 },
    },
    {
      hear(said) {
        const { data: news, error } = z.safeParse(captureNewsSchema, said)
        if (news === undefined) ended.reject(error)
        else hear(news)
      },
      ended(violation) {
        // Without one it is its end that tells more.
        if (violation !== undefined)
          ended.reject(new Error(`The process of the capture has ${violation}.`))
      },
    },
  )
  const { process: captureProcess } = child
  let errors = ''
  captureProcess.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errors = `${errors}${text}`.slice(-4000)
  })
  const tooLarge = (): OperationError =>
    new OperationError('page_too_large', { place, of: `${limits.bytes / 1e6} MB from its servers` })
  const exceeds = (excess: Excess): OperationError => {
    if (excess === 'time') {
      return new OperationError('page_too_slow', { place, seconds: limits.longestMs / 1000 })
    }
    const of = {
      memory: `${limits.mostMemoryBytes / 1e6} MB of memory`,
      written: `${limits.mostWrittenBytes / 1e6} MB on the disk`,
      files: `${limits.mostFiles} files on the disk`,
    }[excess]
    return new OperationError('page_too_large', { place, of })
  }

  function hear(news: CaptureNews): void {
    if (news.told === 'loaded') {
      if (proxy.isOverrun()) ended.reject(tooLarge())
    } else if (news.told === 'made') {
      const { width, height } = news
      ended.resolve(width === undefined || height === undefined ? {} : { width, height })
    } else if (news.told === 'failed') {
      ended.reject(proxy.isOverrun() ? tooLarge() : toError(news, proxy))
    } else ended.reject(new Error(news.message))
  }

  const abort = (): void => ended.reject(signal.reason)
  signal.addEventListener('abort', abort)
  const watch = watchLimits({ pid: captureProcess.pid, written: folder, limits }, (excess) =>
    ended.reject(exceeds(excess)),
  )
  const gone = Promise.withResolvers<void>()
  captureProcess.on('error', (error) => {
    ended.reject(error)
    // One that was never there does not end.
    if (captureProcess.pid === undefined) gone.resolve()
  })
  captureProcess.on('exit', (code, killed) => {
    gone.resolve()
    // Node.js itself ends so when it has no memory left.
    if (killed === 'SIGABRT') ended.reject(exceeds('memory'))
    else
      ended.reject(new Error(`The process of the capture ended with ${code ?? killed}: ${errors}`))
  })
  child.send(task)
  try {
    return await ended.promise
  } finally {
    signal.removeEventListener('abort', abort)
    watch.stop()
    await end(child, gone.promise)
  }
}

/** Ends a process and all that it has started. */
async function end({ process: child, close }: Child, gone: Promise<void>): Promise<void> {
  const isGone = child.exitCode !== null || child.signalCode !== null
  if (child.pid !== undefined && !isGone && TELLS_DESCENT) endFamily(child.pid)
  // Elsewhere nobody tells who was started by whom: it ends Chromium and itself when nobody listens to it any more.
  close()
  const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS)
  await gone
  clearTimeout(timer)
}

/** What the proxy knows of a connection says more than what Chromium says of it. */
function toError(
  { failure, at }: Extract<CaptureNews, { told: 'failed' }>,
  proxy: CaptureProxy,
): OperationError {
  const problem = at === undefined ? undefined : proxy.problemOf(at)
  if (at !== undefined && problem !== undefined) {
    return new OperationError('page_unreachable', { place: nameUrl(at), problem })
  }
  return new OperationError(failure.code, failure.fields)
}
