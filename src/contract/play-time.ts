/** Moments of what plays, as people write them: seconds, or minutes and seconds with colons between. */
import * as z from 'zod/mini'

const TIME = 'a time in seconds such as 12.5, or such as "00:01:30"'
const MOMENT = `${TIME}, or a share of how long it is such as "50%"`

const SECONDS = /^\s*\+?(\d+(?:\.\d+)?)\s*$/
const CLOCK = /^\s*(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2}(?:\.\d+)?)\s*$/
const SHARE = /^\s*(\d+(?:\.\d+)?)\s*%\s*$/

/** A time. */
export const playTimeSchema = z.union(
  [
    z.number().check(z.gte(0, { error: TIME })),
    z.string().check(z.refine((text) => SECONDS.test(text) || CLOCK.test(text), { error: TIME })),
  ],
  { error: TIME },
)

/** A time, or a share. */
export const momentSchema = z.union(
  [
    z.number().check(z.gte(0, { error: MOMENT })),
    z
      .string()
      .check(
        z.refine(
          (text) =>
            SECONDS.test(text) || CLOCK.test(text) || Number(SHARE.exec(text)?.[1] ?? 101) <= 100,
          { error: MOMENT },
        ),
      ),
  ],
  { error: MOMENT },
)

/** The seconds of a time that matches {@link playTimeSchema}. */
export function toSeconds(time: number | string): number {
  if (typeof time === 'number') return time
  const [, hours = '0', minutes = '0', seconds = time] = CLOCK.exec(time) ?? []
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
}

/** What a text or a number that matches {@link momentSchema} means. */
export function toMoment(
  moment: number | string,
): { readonly seconds: number } | { readonly share: number } {
  const share = SHARE.exec(String(moment))?.[1]
  return share === undefined ? { seconds: toSeconds(moment) } : { share: Number(share) / 100 }
}
