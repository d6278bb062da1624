import assert from 'node:assert/strict'
import { createElementReader, type Element, eachChild } from '../../../src/engine/pages/element.ts'
import { withPackage } from '../../../src/packages/package.ts'
import { zip } from '../../support/zip.ts'

function childrenOf(
  xml: string,
  alternative: 'Choice' | 'Fallback' = 'Choice',
): Promise<readonly Element[]> {
  return withPackage(zip({ 'a.xml': xml }), async (parts) => {
    const children: Element[] = []
    await eachChild(parts, 'a.xml', { of: 'body', alternative }, (child) => children.push(child))
    return children
  })
}

describe('elements of a part', () => {
  it('are read child by child, with their attributes and texts', async () => {
    const children = await childrenOf(
      '<w:d><w:body><w:p w:x="1">a<w:b/>c</w:p><w:q/></w:body><w:r/></w:d>',
    )
    assert.deepEqual(children, [
      {
        name: 'p',
        attributes: { 'w:x': '1' },
        children: [{ name: 'b', attributes: {}, children: [], text: '' }],
        text: 'ac',
      },
      { name: 'q', attributes: {}, children: [], text: '' },
    ])
  })

  it('are those of the alternative that is wanted, or of the other where there is none', async () => {
    const xml =
      '<d><body><AlternateContent><Choice><new/></Choice><Fallback><old/></Fallback></AlternateContent><AlternateContent><Fallback><only/></Fallback></AlternateContent></body></d>'
    const names = async (alternative: 'Choice' | 'Fallback'): Promise<string[]> =>
      (await childrenOf(xml, alternative)).map(({ name }) => name)
    assert.deepEqual(await names('Choice'), ['new', 'only'])
    assert.deepEqual(await names('Fallback'), ['old', 'only'])
  })

  it('are left out where there are more of them in one child, or deeper ones, than anybody makes', async () => {
    const [wide] = await childrenOf(`<d><body><t>${'<r/>'.repeat(500_010)}</t></body></d>`)
    assert.equal(wide?.children.length, 499_999)
    let [deep] = await childrenOf(`<d><body>${'<t>'.repeat(300)}${'</t>'.repeat(300)}</body></d>`)
    let levels = 0
    for (; deep !== undefined; [deep] = deep.children) levels += 1
    assert.equal(levels, 200)
  })

  it('are too many in a part that is read whole', async () => {
    const xml = `<t>${'<r/>'.repeat(500_010)}</t>`
    await withPackage(zip({ 'a.xml': xml }), async (parts) => {
      const read = createElementReader(parts, 'Choice')
      await assert.rejects(read('a.xml'), { code: 'source_exceeds_limit' })
    })
  })
})
