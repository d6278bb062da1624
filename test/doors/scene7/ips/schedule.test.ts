import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { IpsFault } from '../../../../src/doors/scene7/ips/ips-fault.ts'
import { readSchedule, zoneOfService } from '../../../../src/doors/scene7/ips/schedules/schedule.ts'

/** The next times of a schedule in UTC, after another one. */
function timesOf(text: string, after: string, count: number): string[] {
  const { next } = readSchedule(text)
  const times: string[] = []
  for (let at = next(Date.parse(after)); at !== undefined && times.length < count; at = next(at)) {
    times.push(new Date(at).toISOString().replace(':00.000Z', ''))
  }
  return times
}

const utc = (expression: string): string => `CRON_TZ=UTC ${expression}`

describe('an execSchedule', () => {
  const read: [expression: string, times: readonly string[]][] = [
    ['0 30 3 * * ?', ['2026-03-02T03:30', '2026-03-03T03:30', '2026-03-04T03:30']],
    ['00 00 00 * * ?', ['2026-03-02T00:00', '2026-03-03T00:00', '2026-03-04T00:00']],
    ['0 0 6 ? * MON-FRI', ['2026-03-02T06:00', '2026-03-03T06:00', '2026-03-04T06:00']],
    ['0 0 6 ? * 2-6', ['2026-03-02T06:00', '2026-03-03T06:00', '2026-03-04T06:00']],
    ['0 0 6 ? * 1', ['2026-03-08T06:00', '2026-03-15T06:00', '2026-03-22T06:00']],
    ['0 0 6 ? * L', ['2026-03-07T06:00', '2026-03-14T06:00', '2026-03-21T06:00']],
    ['0 0 6 ? * fri-mon', ['2026-03-02T06:00', '2026-03-06T06:00', '2026-03-07T06:00']],
    ['0 0 6 ? * 6L', ['2026-03-27T06:00', '2026-04-24T06:00', '2026-05-29T06:00']],
    ['0 0 6 ? * FRI#3', ['2026-03-20T06:00', '2026-04-17T06:00', '2026-05-15T06:00']],
    ['0 0 6 L * ?', ['2026-03-31T06:00', '2026-04-30T06:00', '2026-05-31T06:00']],
    ['0 0 6 LW * ?', ['2026-03-31T06:00', '2026-04-30T06:00', '2026-05-29T06:00']],
    ['0 0 6 15W * ?', ['2026-03-16T06:00', '2026-04-15T06:00', '2026-05-15T06:00']],
    ['0 0/20 4 * * ?', ['2026-03-02T04:00', '2026-03-02T04:20', '2026-03-02T04:40']],
    ['0 */45 * * * ?', ['2026-03-01T12:45', '2026-03-01T13:00', '2026-03-01T13:45']],
    ['0 /45 * * * ?', ['2026-03-01T12:45', '2026-03-01T13:00', '2026-03-01T13:45']],
    ['0 5-30/10,50 0 * * ?', ['2026-03-02T00:05', '2026-03-02T00:15', '2026-03-02T00:25']],
    ['0 0 22-1/2 * * ?', ['2026-03-01T22:00', '2026-03-02T00:00', '2026-03-02T22:00']],
    ['0 0 0 1 JAN,jul ?', ['2026-07-01T00:00', '2027-01-01T00:00', '2027-07-01T00:00']],
    ['0 0 0 1 11-2 ? 2026-2027', ['2026-11-01T00:00', '2026-12-01T00:00', '2027-01-01T00:00']],
    ['0 0 0 29 2 ?', ['2028-02-29T00:00', '2032-02-29T00:00', '2036-02-29T00:00']],
    ['0 0 0 1 4 ? 2026', ['2026-04-01T00:00']],
  ]
  for (const [expression, times] of read) {
    it(`of ${expression} is as Quartz has it`, () => {
      assert.deepEqual(timesOf(utc(expression), '2026-03-01T12:00:00Z', 3), times)
    })
  }

  it('is in the time zone that it names, and else in that of the service', () => {
    assert.deepEqual(timesOf('CRON_TZ=Asia/Kathmandu 0 0 0 * * ?', '2026-03-01T12:00:00Z', 1), [
      '2026-03-01T18:15',
    ])
    assert.equal(readSchedule('cron_tz=europe/berlin 0 0 0 * * ?').zone, 'Europe/Berlin')
    assert.equal(readSchedule('0 0 0 * * ?').zone, zoneOfService())
  })

  // Berlin goes from 02:00 to 03:00 on 29 March 2026, and from 03:00 back to 02:00 on 25 October.
  const clocks: [what: string, expression: string, after: string, times: readonly string[]][] = [
    [
      'runs at once after the hour that is left out',
      '0 30 2 * * ?',
      '2026-03-28T12:00:00Z',
      ['2026-03-29T01:00', '2026-03-30T00:30'],
    ],
    [
      'runs once in the hour that comes twice',
      '0 30 2 * * ?',
      '2026-10-24T12:00:00Z',
      ['2026-10-25T00:30', '2026-10-26T01:30'],
    ],
    [
      'keeps its hour of the day',
      '0 0 6 * * ?',
      '2026-03-28T12:00:00Z',
      ['2026-03-29T04:00', '2026-03-30T04:00'],
    ],
    [
      'goes on evenly through the hour that comes twice',
      '0 0/30 * * * ?',
      '2026-10-24T23:45:00Z',
      ['2026-10-25T00:00', '2026-10-25T00:30', '2026-10-25T01:00', '2026-10-25T01:30'],
    ],
    [
      'goes on evenly through the hour that is left out',
      '0 0/30 * * * ?',
      '2026-03-29T00:15:00Z',
      ['2026-03-29T00:30', '2026-03-29T01:00', '2026-03-29T01:30'],
    ],
  ]
  for (const [what, expression, after, times] of clocks) {
    it(`${what} when clocks are changed`, () => {
      const zoned = `CRON_TZ=Europe/Berlin ${expression}`
      assert.deepEqual(timesOf(zoned, after, times.length), times)
    })
  }

  const refused: [expression: string, reason: RegExp][] = [
    ['', /six or seven fields.+it has 0\./],
    ['30 3 * * *', /six or seven fields, which are seconds, minutes.+it has 5\./],
    ['0 0 0 * * ? 2026 1', /it has 8\./],
    ['0 0 3 * * *', /must have \? as its day of month or as its day of week.+they are \* and \*/],
    ['0 0 3 ? * ?', /not as both/],
    ['0 0 3 1 * MON', /they are 1 and MON/],
    ['* * * * * ?', /one number from 0 to 59 as its seconds.+once a minute at most/],
    ['60 0 0 * * ?', /"60" as its seconds/],
    ['0 60 0 * * ?', /"60" as its minutes, which must be from 0 to 59/],
    ['0 0 24 * * ?', /"24" as its hours/],
    ['0 0 0 0 * ?', /"0" as its day of month/],
    ['0 0 0 L-3 * ?', /"L-3" as its day of month/],
    ['0 0 0 1,L * ?', /"L" as its day of month/],
    ['0 0 0 1W,2 * ?', /"1W" as its day of month/],
    ['0 0 0 * 13 ?', /from 1 to 12 or JAN to DEC/],
    ['0 0 0 ? * 0', /"0" as its day of week, which must be from 1 to 7 or SUN to SAT/],
    ['0 0 0 ? * MONDAY', /"MONDAY" as its day of week/],
    ['0 0 0 ? * FRI#6', /"FRI#6" as its day of week/],
    ['0 0 0 * * ? 1969', /"1969" as its year/],
    ['0 0 0 * * ? 2030-2027', /"2030-2027" as its year/],
    ['0 0/0 0 * * ?', /"0\/0" as its minutes/],
    ['0 0/61 0 * * ?', /"0\/61" as its minutes/],
    ['0 , 0 * * ?', /"" as its minutes/],
    ['0 *-5 0 * * ?', /"\*-5" as its minutes/],
    ['0 ? 0 * * ?', /"\?" as its minutes/],
    ['@daily', /it has 1\./],
    [`0 ${'1,'.repeat(100)}1 0 * * ?`, /at most 200 letters/],
    ['CRON_TZ=Mars/Base 0 0 0 * * ?', /CRON_TZ in execSchedule must be a time zone/],
    ['CRON_TZ= 0 0 0 * * ?', /and is ""\./],
  ]
  for (const [expression, reason] of refused) {
    it(`is none: ${expression.slice(0, 40)}`, () => {
      assert.throws(
        () => readSchedule(expression),
        (error) => error instanceof IpsFault && reason.test(error.message),
      )
    })
  }

  it('is read or refused in a sentence, whatever it is', () => {
    const pieces = [
      '0',
      '59',
      '23',
      '31',
      '12',
      '7',
      '*',
      '?',
      'L',
      'W',
      '#',
      '/',
      '-',
      ',',
      ' ',
      'MON',
      'JAN',
    ]
    const text = fc.array(fc.constantFrom(...pieces), { maxLength: 24 }).map((all) => all.join(''))
    const shaped = fc
      .tuple(
        ...Array.from({ length: 5 }, () =>
          fc.constantFrom('*', '?', '1', '5/7', '9-2', 'L', '1W', '2#1', '3L'),
        ),
      )
      .map((fields) => `0 ${fields.join(' ')}`)
    fc.assert(
      fc.property(fc.oneof(text, shaped), (expression) => {
        try {
          const at = readSchedule(expression).next(0)
          return at === undefined || at > 0
        } catch (error) {
          return error instanceof IpsFault && error.message.endsWith('.')
        }
      }),
      { numRuns: 200 },
    )
  })
})
