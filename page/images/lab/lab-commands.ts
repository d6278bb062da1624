/** What is done in the URL lab. */

import { addressOf } from '../../router.ts'
import type { Store } from '../../state.ts'
import { loadImages } from '../catalogue/catalogue-commands.ts'
import { imageUrl } from '../image-url.ts'
import { companyOf, loadPresets } from '../presets/preset-commands.ts'
import { CAMERA } from './camera.ts'
import type { LabState } from './lab-state.ts'
import { createLatest, type Latest, laterBy } from './latest.ts'
import { breakLines, readTyped, toLines, toQuery } from './query-lines.ts'
import { type Resolved, readResolved } from './resolved.ts'
import { type Shot, takeShot } from './shot.ts'

/** Milliseconds without a change after which a picture is asked for. */
const SETTLED = 150

/** What the lab shows first of an asset. */
const FIRST_COMMANDS = 'wid=800'

interface Answered {
  readonly shot: Shot
  readonly otherShot: Shot | undefined
  readonly resolved: Resolved | undefined
}

type Asked = Pick<LabState, 'object' | 'lines' | 'other' | 'otherShot'>

let latest: Latest<Asked> | undefined

/** Changes what is known in the lab, and nothing else. */
export function changeLab(store: Store, changes: Partial<LabState>): void {
  store.change({ lab: { ...store.state().lab, ...changes } })
}

/** Shows what the address says; without a picture in it what was there before, or the first asset. */
export async function openLab(store: Store): Promise<void> {
  if (store.state().images.overview === undefined) await loadImages(store)
  const { route } = store.state()
  // The user may have gone on meanwhile.
  if (route.view !== 'image') return
  const { object = '', commands = '', other } = route
  const { lab } = store.state()
  const isNew = object !== '' || commands !== ''
  if (isNew && (object !== lab.object || commands !== toQuery(lab.lines) || other !== lab.other)) {
    edit(store, { object, lines: toLines(commands), other })
  } else if (lab.object !== '' || lab.lines !== '') edit(store, {})
  await loadPresets(store, companyOf(store.state(), store.state().lab.object))
  const { list } = store.state().presets
  const [sample] = list?.samples ?? []
  const { lab: shown, route: current } = store.state()
  if (current.view !== 'image') return
  if (shown.object === '' && shown.lines === '' && sample !== undefined) {
    edit(store, { object: `${list?.company}/${sample}`, lines: toLines(FIRST_COMMANDS) })
  }
}

/** Changes the request, writes it into the address, and asks for its picture. */
export function edit(store: Store, changes: Partial<LabState>): void {
  const before = store.state().lab
  const lab = { ...before, ...changes, late: true }
  if (lab.other !== before.other) {
    forget(before.otherShot)
    lab.otherShot = undefined
  }
  const { object, other } = lab
  const commands = toQuery(lab.lines)
  const route = {
    view: 'image' as const,
    ...(object !== '' && { object }),
    ...(commands !== '' && { commands }),
    ...(other !== undefined && { other }),
  }
  store.change({ lab, route })
  history.replaceState(null, '', addressOf(route))
  latest ??= createLatest({
    run: answer,
    done: (answered) => finish(store, answered),
    later: laterBy(SETTLED),
  })
  latest.ask(lab)
}

/** Takes the commands as somebody has written them; a whole URL among them is another request. */
export function writeLines(store: Store, lines: string): void {
  const url = lines.split('\n').find((line) => /^\s*(?:https?:)?\/\/?\S*\/?is\/image/i.test(line))
  if (url === undefined) edit(store, { lines: breakLines(lines) })
  else writeUrl(store, url)
}

/** Takes a whole request as somebody has typed or pasted it. */
export function writeUrl(store: Store, text: string): void {
  const { object, query } = readTyped(text)
  const before = companyOf(store.state(), store.state().lab.object)
  edit(store, { object, lines: toLines(query) })
  const company = companyOf(store.state(), object)
  if (company !== before) void loadPresets(store, company)
}

/** Compares what is shown with what is made of it from now on. */
export function compareFromHere(store: Store): void {
  const { object, lines } = store.state().lab
  edit(store, { other: writtenRequest(object, toQuery(lines)) })
}

/** Puts either in the place of the other. */
export function swapCompared(store: Store): void {
  const { object, lines, other = '' } = store.state().lab
  const { object: otherObject, query } = readTyped(other)
  const now = writtenRequest(object, toQuery(lines))
  edit(store, { object: otherObject, lines: toLines(query), other: now })
}

/** A request as `OBJECT?QUERY`, which {@link readTyped} reads. */
function writtenRequest(object: string, query: string): string {
  const path = imageUrl(object).replace(/^\/is\/image\//, '')
  return query === '' ? path : `${path}?${query}`
}

async function answer(asked: Asked, signal: AbortSignal): Promise<Answered> {
  const { object, lines, other, otherShot } = asked
  const url = imageUrl(object, toQuery(lines))
  const [shot, resolved, taken] = await Promise.all([
    takeShot(url, signal, CAMERA),
    resolve(url, signal),
    other === undefined || otherShot !== undefined
      ? otherShot
      : takeShot(urlOfRequest(other), signal, CAMERA),
  ])
  return { shot, resolved, otherShot: taken }
}

/** The URL of a request that is written as `OBJECT?QUERY`. */
export function urlOfRequest(request: string): string {
  const { object, query } = readTyped(request)
  return imageUrl(object, query)
}

async function resolve(url: string, signal: AbortSignal): Promise<Resolved | undefined> {
  try {
    const asked = `${url}${url.includes('?') ? '&' : '?'}req=resolve`
    const response = await fetch(asked, { signal })
    return response.ok ? readResolved(await response.text()) : undefined
  } catch {
    // The picture fails as well, and tells why.
    return undefined
  }
}

function finish(store: Store, { shot, resolved, otherShot }: Answered): void {
  const { lab } = store.state()
  const kept = new Set<Shot | undefined>([shot, otherShot])
  for (const old of [lab.shot, lab.otherShot]) {
    if (!kept.has(old)) forget(old)
  }
  changeLab(store, { shot, resolved, otherShot, late: false })
}

function forget(shot: Shot | undefined): void {
  if (shot && 'picture' in shot) URL.revokeObjectURL(shot.picture.src)
}
