import { Cron } from 'croner'
import { IpsFault } from '../ips-fault.ts'
import { readQuartz } from './quartz-fields.ts'

/** When a job is run again and again. */
export interface Schedule {
  /** The time zone that it is in, such as `Europe/Berlin`. */
  readonly zone: string
  /** The first time after another one, both in milliseconds of the epoch; undefined when there is none any more. */
  readonly next: (after: number) => number | undefined
}

/** The most letters of one. */
const LONGEST = 200

/**
 * Reads an `execSchedule`: an expression of Quartz in the time zone of the service, as Adobe's page has it, or in the one that is named
 * before it as cron has it: `CRON_TZ=Europe/Berlin 0 30 3 * * ?`.
 *
 * A time that a change of clocks leaves out is made up for at once after it, and one that it repeats is taken once; those of a job
 * that is run several times a day are left out and taken twice, as if nobody had touched the clocks.
 *
 * @throws {@link IpsFault} `invalidParameter` with what is wrong
 */
export function readSchedule(text: string): Schedule {
  if (text.length > LONGEST) {
    throw new IpsFault(
      'invalidParameter',
      `execSchedule must have at most ${LONGEST} letters, and it has ${text.length}.`,
    )
  }
  const [, named, expression = ''] = /^\s*(?:CRON_TZ=(\S*))?(.*)$/is.exec(text) ?? []
  const zone = named === undefined ? zoneOfService() : checkZone(named)
  const cron = new Cron(readQuartz(expression), {
    mode: '6-or-7-parts',
    // Quartz counts the days of the week from 1, which is Sunday.
    alternativeWeekdays: true,
    timezone: zone,
    paused: true,
  })
  return { zone, next: (after) => cron.nextRun(new Date(after))?.getTime() }
}

/** The time zone of the service, which `TZ` sets. */
export function zoneOfService(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone
}

function checkZone(name: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone
  } catch (error) {
    throw new IpsFault(
      'invalidParameter',
      `CRON_TZ in execSchedule must be a time zone such as Europe/Berlin, and is ${JSON.stringify(name.slice(0, 40))}.`,
      { cause: error },
    )
  }
}
