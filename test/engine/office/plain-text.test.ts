import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { openSource } from '../../../src/engine/office/open-source.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'

const utf16 = (text: string): Buffer => Buffer.from(`\uFEFF${text}`, 'utf16le')

describe('a plain text that LibreOffice opens', () => {
  const folder = useTemporaryFolder()

  async function opened(source: Buffer | string, name: string): Promise<string> {
    const path = folder.pathTo('source')
    writeFileSync(path, source)
    const { path: made } = await openSource({ path, name }, folder.pathTo('opened'), undefined)
    return readFileSync(made, 'utf8')
  }

  const tables: readonly (readonly [what: string, Buffer | string, written: string])[] = [
    ['commas', 'Ort,Zahl\n"a; b; c",7\n', '"Ort","Zahl"\n"a; b; c",7\n'],
    ['semicolons', 'Ort;Preis\nKöln;1,5\n', '"Ort","Preis"\n"Köln","1,5"\n'],
    ['semicolons and a byte order mark', '\uFEFFa;b\n', '"a","b"\n'],
    ['tabs in UTF-16', utf16('Ort\tZahl\nKöln\t7\n'), '"Ort","Zahl"\n"Köln",7\n'],
    ['commas in UTF-16', utf16('Köln,7\n').swap16(), '"Köln",7\n'],
    ['semicolons in Latin-1', Buffer.from('Köln;7\n', 'latin1'), '"Köln",7\n'],
    ['what its first line says', 'sep=|\r\na,b|c,d\r\n', '"a,b","c,d"\n'],
    ['one column', 'a\nb', '"a"\n"b"\n'],
    ['rows that are not as long', 'a,b,\r1\r\r', '"a","b",\n1\n\n'],
    ['lines and quotation marks in cells', '"a\n""b""",2\n', '"a\n""b""",2\n'],
    ['a quotation mark that nothing ends', 'a,"b\n"c"d,2\n', '"a","""b"\n"""c""d",2\n'],
    [
      'what only looks like a number',
      '01234,1.10,+5,1e3,-0,123456789012,2024-02-30,=1+1,TRUE\n',
      '"01234","1.10","+5","1e3","-0","123456789012","2024-02-30","=1+1","TRUE"\n',
    ],
    ['numbers', '0,-1.5,12345678901\n', '0,-1.5,12345678901\n'],
  ]
  for (const [what, source, written] of tables) {
    it(`is in UTF-8, with commas, and with texts in quotation marks: a table with ${what}`, async () => {
      assert.equal(await opened(source, 'Größe.csv'), written)
    })
  }

  it('is in UTF-8, and as it is, when it is no table', async () => {
    assert.equal(await opened(utf16('Straße; 1,5\n'), 'a.txt'), 'Straße; 1,5\n')
  })
})
