import assert from 'node:assert/strict'
import {
  applyEvent,
  describeRenditionRemarks,
  type RenditionOutcome,
} from '../../src/cli/rendition-outcome.ts'

/** A rendition whose worker has said this of it. */
function created(name: string, remarks?: readonly string[]): RenditionOutcome {
  const outcome: RenditionOutcome = { source: 'deck.pptx', name, state: 'waiting' }
  const metadata = { 'repo:size': 9, ...(remarks && { 'darkroom:remarks': remarks }) }
  applyEvent(outcome, { type: 'rendition_created', rendition: {}, metadata }, 12)
  return outcome
}

describe('what is said of renditions', () => {
  it('has a line for each thing that could not be done, with the renditions that it is true of', () => {
    const outcomes = [
      created('a.png', ['Fonts are replaced.', 'A picture is missing.']),
      created('b.png', ['Fonts are replaced.']),
      created('c.txt'),
    ]
    assert.deepEqual(describeRenditionRemarks(outcomes, ['b.png: Another thing.']), [
      'deck.pptx: a.png, b.png: Fonts are replaced.',
      'deck.pptx: a.png: A picture is missing.',
    ])
  })

  it('is not said twice', () => {
    const outcomes = [
      created('a.png', ['widht is unknown.']),
      created('b.png', ['widht is unknown.']),
    ]
    assert.deepEqual(describeRenditionRemarks(outcomes, ['a.png: widht is unknown.']), [
      'deck.pptx: b.png: widht is unknown.',
    ])
  })

  it('is in its JSON where there is anything', () => {
    const [told, plain] = [created('a.png', ['Fonts are replaced.']), created('b.png')]
    assert.deepEqual(told.remarks, ['Fonts are replaced.'])
    assert.ok(!('remarks' in plain))
  })
})
