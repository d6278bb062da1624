import assert from 'node:assert/strict'
import { createLateModule } from '../../../src/base/required/late-module.ts'

class Given {
  readonly word: string
  constructor(word: string) {
    this.word = word
  }
}

/** What a late module is used for, and what comes of it. */
const USES: readonly {
  title: string
  exported: unknown
  use: (late: object) => unknown
  is: unknown
}[] = [
  {
    title: 'reads a member of it',
    exported: { word: 'said' },
    use: (late) => Reflect.get(late, 'word'),
    is: 'said',
  },
  {
    title: 'looks for a member of it',
    exported: { word: 'said' },
    use: (late) => ['word' in late, 'name' in late],
    is: [true, false],
  },
  {
    title: 'calls it',
    exported: (first: number, second: number) => first + second,
    use: (late) => typeof late === 'function' && Reflect.apply(late, undefined, [1, 2]),
    is: 3,
  },
  {
    title: 'makes an instance of it',
    exported: Given,
    use: (late) => typeof late === 'function' && Reflect.construct(late, ['said']).word,
    is: 'said',
  },
  {
    title: 'asks whether something is an instance of it',
    exported: Given,
    use: (late) =>
      typeof late === 'function' && [new Given('said') instanceof late, [] instanceof late],
    is: [true, false],
  },
  {
    title: 'lists the members of it',
    exported: { word: 'said', name: 'late' },
    use: (late) => ({ ...late }),
    is: { word: 'said', name: 'late' },
  },
  {
    title: 'changes a member of it',
    exported: { word: 'said' },
    use: (late) => Reflect.set(late, 'word', 'changed') && Reflect.get(late, 'word'),
    is: 'changed',
  },
]

describe('a late module', () => {
  for (const { title, exported, use, is } of USES) {
    it(`is loaded when somebody ${title}, and once`, () => {
      let loads = 0
      const late = createLateModule(() => {
        loads += 1
        return exported
      })
      assert.equal(loads, 0)
      assert.deepEqual(use(late), is)
      assert.equal(loads, 1)
    })
  }

  it('is loaded again when that has failed', () => {
    const answers = [
      () => {
        throw new Error('no')
      },
      () => ({ word: 'said' }),
    ]
    const late = createLateModule(() => answers.shift()?.())
    assert.throws(() => Reflect.get(late, 'word'), { message: 'no' })
    assert.equal(Reflect.get(late, 'word'), 'said')
  })

  it('is no function when what it stands for is none', () => {
    const late = createLateModule(() => ({ word: 'said' }))
    assert.throws(() => typeof late === 'function' && Reflect.apply(late, undefined, []), {
      name: 'TypeError',
      message: 'What was required is not a function',
    })
  })
})
