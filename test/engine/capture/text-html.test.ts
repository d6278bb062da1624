import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { textToHtml } from '../../../src/engine/capture/text-html.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'

describe('the page that Markdown is', () => {
  const folder = useTemporaryFolder()

  function page(text: string): string {
    writeFileSync(folder.pathTo('a.md'), text)
    return textToHtml(folder.pathTo('a.md'), 'markdown')
  }

  it('has what is known about the text as its title, and not on it', () => {
    const html = page('---\ntitle: "Größe: <1>"\ntags: [a, b]\n---\n\n# Straße\n')
    assert.match(html, /<title>Größe: &lt;1&gt;<\/title>/)
    assert.match(html, /<body><h1>Straße<\/h1>/)
  })

  it('has notes behind all else', () => {
    assert.match(page('a[^1] b\n\n[^1]: c\n\nd\n'), /<p>d<\/p>[^]*<li id="fn1"[^>]*><p>c /)
  })

  it('has what only looks like it', () => {
    const html = page('---\na: *b\n---\ntext\n')
    assert.doesNotMatch(html, /<title>/)
    assert.match(html, /<h2>a: \*b<\/h2>/)
  })
})
