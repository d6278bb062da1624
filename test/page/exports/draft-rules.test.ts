import assert from 'node:assert/strict'
import {
  draftOfJob,
  hindranceOf,
  nameOfDraft,
  wishOf,
  withAssets,
} from '../../../page/exports/draft/draft-rules.ts'
import { EMPTY_DRAFT, type ExportDraft } from '../../../page/exports/exports-state.ts'
import { DETAIL } from './known-export.ts'

const draft = (changes: Partial<ExportDraft>): ExportDraft => ({ ...EMPTY_DRAFT, ...changes })

const PICKED = draft({ company: 'acme', assets: ['shoe', 'boot'] })

const HINDRANCES: [what: string, draft: ExportDraft, sentence: string | undefined][] = [
  ['nothing is picked', EMPTY_DRAFT, 'Pick an asset first.'],
  ['files go as they are', PICKED, undefined],
  [
    'nothing says what to convert to',
    draft({ ...PICKED, fmt: 'convert' }),
    'Choose a preset, or write a command such as fmt=png.',
  ],
  ['there is a preset', draft({ ...PICKED, fmt: 'convert', preset: 'web' }), undefined],
  ['there are commands', draft({ ...PICKED, fmt: 'convert', lines: 'wid=40' }), undefined],
  ['the name is emptied', draft({ ...PICKED, name: '  ' }), 'Give the job a name.'],
]

describe('An export that is put together', () => {
  for (const [what, each, sentence] of HINDRANCES) {
    it(`${sentence === undefined ? 'can be submitted' : 'has to wait'} when ${what}`, () => {
      const known = { draft: each, preview: undefined, previewProblem: undefined }
      assert.equal(hindranceOf(known), sentence)
    })
  }

  it('has to wait as long as IPS would refuse it', () => {
    const preview = { handles: ['a|1'], entries: [], problem: 'There is no "$x$".' }
    const known = { draft: PICKED, preview, previewProblem: undefined }
    assert.equal(hindranceOf(known), 'There is no "$x$".')
  })

  it('asks for commands and a preset only of what is converted', () => {
    const commands = draft({ ...PICKED, lines: 'wid=40\nfmt=png', preset: 'web' })
    assert.deepEqual(wishOf({ ...commands, fmt: 'convert' }), {
      company: 'acme',
      assets: ['shoe', 'boot'],
      fmt: 'convert',
      emailSetting: 'None',
      modifier: 'wid=40&fmt=png',
      macro: '$web$',
    })
    assert.deepEqual(wishOf(commands), {
      company: 'acme',
      assets: ['shoe', 'boot'],
      fmt: 'orig',
      emailSetting: 'None',
    })
  })

  it('has each asset once, in the order in which they were picked', () => {
    const more = withAssets(PICKED, 'acme', ['sock', 'shoe'], true)
    assert.deepEqual(more.assets, ['shoe', 'boot', 'sock'])
    assert.deepEqual(withAssets(more, 'acme', ['boot'], false).assets, ['shoe', 'sock'])
  })

  it('begins anew with an asset of another company', () => {
    const { company, assets } = withAssets(PICKED, 'other', ['hat'], true)
    assert.deepEqual({ company, assets }, { company: 'other', assets: ['hat'] })
  })

  it('is called after its first asset unless somebody says otherwise', () => {
    assert.equal(nameOfDraft(PICKED), 'shoe and 1 more')
    assert.equal(nameOfDraft({ ...PICKED, assets: ['shoe'] }), 'shoe')
    assert.equal(nameOfDraft({ ...PICKED, name: 'Web' }), 'Web')
  })

  it('does once more what a job did, with the assets that are still there', () => {
    assert.deepEqual(draftOfJob(DETAIL), {
      company: 'acme',
      assets: ['shoe'],
      fmt: 'convert',
      lines: 'fmt=png\nwid=40',
      preset: 'web',
      emailSetting: 'Error',
      name: 'Web & "print"',
    })
  })
})
