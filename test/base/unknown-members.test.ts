import assert from 'node:assert/strict'
import * as z from 'zod/mini'
import { memberNames } from '../../src/base/member-names.ts'
import { findUnknownMembers } from '../../src/base/unknown-members.ts'

const tell = (given: Record<string, unknown>) =>
  findUnknownMembers(given, ['name', 'size'], { at: ['files', 0], besides: ['mark'] }).map(
    ({ message }) => message,
  )

describe('unknown members', () => {
  it('are told with their place and the nearest name', () => {
    assert.deepEqual(tell({ name: 'a', nmae: 'b', mark: 1, other: undefined, colour: 2 }), [
      'files[0].nmae is unknown and makes no difference; did you mean files[0].name?',
      'files[0].colour is unknown and makes no difference.',
    ])
  })

  it('are shown so that nobody takes them for another line of a log', () => {
    const [odd = '', long = ''] = tell({ 'a\nerror: b': 1, ['x'.repeat(5000)]: 1 })
    assert.equal(odd, '"files[0].a\\nerror: b" is unknown and makes no difference.')
    assert.ok(long.length < 200)
  })

  it('are no more than somebody reads', () => {
    const many = Object.fromEntries(Array.from({ length: 50_000 }, (_, index) => [`n${index}`, 1]))
    assert.equal(tell(many).length, 20)
  })
})

describe('the members that a schema knows', () => {
  const object = z.object({ a: z.string(), b: z.optional(z.string()) })
  const KNOWN: readonly (readonly [what: string, schema: z.ZodMiniType, names?: string[]])[] = [
    ['an object', object, ['a', 'b']],
    ['an object that lets others through', z.looseObject({ a: z.string() }), ['a']],
    ['a text or an object', z.union([z.string(), object]), ['a', 'b']],
    [
      'an object that is made of another',
      z.pipe(
        object,
        z.transform(({ a }: z.infer<typeof object>) => a),
      ),
      ['a', 'b'],
    ],
    ['what may be missing', z.nullish(object), ['a', 'b']],
    ['what is there anyway', z._default(object, { a: '' }), ['a', 'b']],
    ['a text', z.string()],
    ['an object of any names', z.record(z.string(), z.string())],
    ['a list', z.array(object)],
  ]
  for (const [what, schema, names] of KNOWN) {
    it(`are ${names?.join(' and ') ?? 'unknown'} for ${what}`, () => {
      assert.deepEqual(memberNames(schema), names)
    })
  }
})
