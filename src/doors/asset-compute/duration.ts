const UNIT_MS = {
  weeks: 604_800_000,
  days: 86_400_000,
  hours: 3_600_000,
  minutes: 60_000,
  seconds: 1000,
}
const DURATION =
  /^-P(?:(?<weeks>\d+)W)?(?:(?<days>\d+)D)?(?:T(?:(?<hours>\d+)H)?(?:(?<minutes>\d+)M)?(?:(?<seconds>\d+(?:\.\d+)?)S)?)?$/

/**
 * How far back an ISO 8601 duration such as `-PT2H` reaches, in milliseconds; undefined when it is no duration, or one
 * that does not look back.
 */
export function parseLookBack(text: string): number | undefined {
  const groups = DURATION.exec(text)?.groups
  if (groups === undefined || !/\d/.test(text)) return undefined
  return Object.entries(UNIT_MS).reduce(
    (sum, [unit, ms]) => sum + Number(groups[unit] ?? 0) * ms,
    0,
  )
}
