import { compound } from './compound.ts'
import { docx, paragraph } from './documents.ts'
import { agile, PASSWORD, standard } from './encrypted-office.ts'
import { useExtraction } from './extraction.ts'

describe('an encrypted office document', () => {
  const { assertText, assertFails } = useExtraction()
  const words = Array.from({ length: 2000 }, (_, index) => (index * 7919).toString(36)).join(' ')

  for (const { name, write } of [
    { name: 'Office 2010 and later', write: agile },
    { name: 'Office 2007', write: standard },
  ]) {
    const source = write(docx(paragraph(words)))

    it(`is opened with its password when it is of ${name}`, () =>
      assertText(source, `${words}\n`, { password: PASSWORD }))

    it(`asks for a password when it is of ${name}`, () =>
      assertFails(source, 'SourceUnsupported', /is encrypted; set password to open it/))

    it(`does not open with another password when it is of ${name}`, () =>
      assertFails(source, 'SourceUnsupported', /set password to the one that opens it/, {
        password: 'other',
      }))
  }

  it('fails when only a rights service opens it', () =>
    assertFails(
      compound({ EncryptedPackage: Buffer.alloc(100) }),
      'SourceUnsupported',
      /rights service/,
    ))

  for (const { name, info } of [
    { name: 'damaged', info: Buffer.from('0400040040000000', 'hex') },
    { name: 'cut short', info: Buffer.from('03000200', 'hex') },
  ]) {
    it(`fails when what is said of its encryption is ${name}`, () =>
      assertFails(
        compound({ EncryptionInfo: info, EncryptedPackage: Buffer.alloc(100) }),
        'SourceCorrupt',
        /encrypted office/,
        { password: PASSWORD },
      ))
  }
})
