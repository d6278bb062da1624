import { createHash } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import {
  type JournalEntry,
  presign,
  readPage,
  register,
  sendProcess,
  signIn,
  upload,
} from '../../test/e2e/api-client.ts'
import { drawPhoto } from '../../test/e2e/photo.ts'
import { ask, bytesOf, countEach, type Crowd, insist } from './crowd.ts'

const FORMATS = ['png', 'jpg']

/** Between two looks whether an event has come, in milliseconds. */
const LOOK_MS = 50

/** Of the object that a rendition becomes. */
const keyOf = (name: string): string => `chaos/made-${name}`

const nameOf = ({ event }: JournalEntry): string => String(Object(event['rendition']).name)

/**
 * Clients of the Asset Compute door, who follow one journal: each rendition that was accepted has one event, what could not be
 * answered has one or none, who has followed the journal has seen what is in it, and the bytes of each rendition are there.
 *
 * @param home - where the credentials are
 * @param until - when nobody waits any longer
 */
export async function openRenditions(
  origin: string,
  home: string,
  until: AbortSignal,
): Promise<Crowd> {
  const headers = await insist(() => signIn(origin, home), until)
  const journal = await insist(() => register(origin, headers), until)
  const photo = await drawPhoto(120, 80)
  await insist(() => upload(origin, headers, 'chaos/source.jpg', photo), until)
  const accepted: string[] = []
  const unanswered = new Set<string>()
  let refused = 0
  let sent = 0

  const followed: JournalEntry[] = []
  const seen = new Set<string>()
  const closing = new AbortController()
  const following = follow()

  async function follow(): Promise<void> {
    let next = journal
    while (!closing.signal.aborted) {
      try {
        const page = await readPage(next, headers)
        for (const entry of page.entries) seen.add(nameOf(entry))
        followed.push(...page.entries)
        next = page.next
        if (page.entries.length === 0) await delay(LOOK_MS)
      } catch {
        await delay(LOOK_MS)
      }
    }
  }

  /** @returns the names of what was accepted */
  async function send(): Promise<string[]> {
    const nth = (sent += 1)
    const names = FORMATS.map((format) => `${nth}.${format}`)
    const source = await insist(() => presign(origin, headers, 'chaos/source.jpg', 'r'), until)
    const renditions = []
    for (const name of names) {
      const target = await insist(() => presign(origin, headers, keyOf(name), 'w'), until)
      renditions.push({ name, fmt: name.slice(-3), width: 40, target })
    }
    try {
      const { status } = await sendProcess(origin, headers, { source, renditions })
      if (status !== 200) {
        refused += 1
        return []
      }
      accepted.push(...names)
      return names
    } catch {
      // Whether it has come there nobody knows.
      for (const name of names) unanswered.add(name)
      return []
    }
  }

  async function readAll(): Promise<JournalEntry[]> {
    const entries: JournalEntry[] = []
    let next = journal
    for (;;) {
      const page = await insist(() => readPage(next, headers), until)
      if (page.entries.length === 0) return entries
      entries.push(...page.entries)
      next = page.next
    }
  }

  /** @returns what is wrong with what was made */
  async function look({ event }: JournalEntry, name: string): Promise<string[]> {
    const sum = Object(event['metadata'])['repo:sha1']
    try {
      const bytes = await insist(
        async () => bytesOf(await ask(await presign(origin, headers, keyOf(name), 'r'))),
        until,
      )
      const found = createHash('sha1').update(bytes).digest('hex')
      return found === sum ? [] : [`The bytes of ${name} are not those of its event.`]
    } catch (error) {
      return [`The bytes of ${name} are not there: ${String(error)}.`]
    }
  }

  return {
    async turn() {
      const names = await send()
      if (names.length === 0) await delay(LOOK_MS)
      while (!names.every((name) => seen.has(name)) && !until.aborted) await delay(LOOK_MS)
    },
    async check() {
      const entries = await readAll()
      closing.abort()
      await following
      const counts = countEach(entries.map(nameOf))
      const wrong = accepted
        .filter((name) => counts.get(name) !== 1)
        .map((name) => `The rendition ${name} has ${counts.get(name) ?? 0} events.`)
      for (const name of unanswered) {
        const count = counts.get(name) ?? 0
        if (count > 1)
          wrong.push(`The rendition ${name}, which was not answered, has ${count} events.`)
      }
      const positions = entries.map(({ position }) => Number(position))
      if (positions.some((position, at) => position <= (positions[at - 1] ?? 0))) {
        wrong.push('The positions of the journal do not ascend.')
      }
      const told = new Set(followed.map(({ position }) => position))
      if (followed.length !== told.size) {
        wrong.push(`Who followed the journal got ${followed.length - told.size} events twice.`)
      }
      const missed = entries.filter(({ position }) => !told.has(position)).length
      if (missed > 0) wrong.push(`Who followed the journal missed ${missed} events.`)
      const made = entries.filter(({ event }) => event.type === 'rendition_created')
      for (const entry of made) wrong.push(...(await look(entry, nameOf(entry))))
      const reasons = entries.flatMap(({ event }) =>
        event.type === 'rendition_failed'
          ? [`failed: ${String(event['errorMessage']).slice(0, 80)}`]
          : [],
      )
      return {
        figures: {
          accepted: accepted.length,
          refused: refused * FORMATS.length,
          'not answered': unanswered.size,
          'of these accepted': [...unanswered].filter((name) => counts.has(name)).length,
          events: entries.length,
          made: made.length,
          ...Object.fromEntries(countEach(reasons)),
        },
        wrong,
      }
    },
    async close() {
      closing.abort()
      await following
    },
  }
}
