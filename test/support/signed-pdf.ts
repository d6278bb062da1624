import { type PDFDocument, PDFHexString, PDFName, PDFString } from '@cantoo/pdf-lib'

/** Puts a field for a signature on the first page; what signs it is none, which nobody here looks at. */
export function addSignature(document: PDFDocument, isSigned: boolean): void {
  const { context, catalog } = document
  const signature = context.obj({
    Type: 'Sig',
    Filter: 'Adobe.PPKLite',
    ByteRange: [0, 1, 2, 3],
    Contents: PDFHexString.of('00'.repeat(40)),
  })
  const field = context.register(
    context.obj({
      Type: 'Annot',
      Subtype: 'Widget',
      FT: 'Sig',
      T: PDFString.of('Signature'),
      Rect: [0, 0, 0, 0],
      ...(isSigned && { V: context.register(signature) }),
    }),
  )
  document.getPage(0).node.set(PDFName.of('Annots'), context.obj([field]))
  catalog.set(PDFName.of('AcroForm'), context.obj({ SigFlags: 3, Fields: [field] }))
}
