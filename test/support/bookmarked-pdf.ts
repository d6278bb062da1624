import { PDFDocument, PDFName, type PDFObject, PDFString, StandardFonts } from '@cantoo/pdf-lib'

/**
 * A PDF of pages that say which they are, 400 × 200 points: with a bookmark `Start of NAME` to the first, `Inside NAME` below
 * it, which goes to the second by the name `chapter`, links to the last and to that name on the first, and a form.
 */
export async function bookmarkedPdf(name: string, pages = 3): Promise<Buffer> {
  const document = await PDFDocument.create()
  document.setTitle(`All of ${name}`)
  const font = await document.embedFont(StandardFonts.Helvetica)
  for (let page = 1; page <= pages; page += 1) {
    document.addPage([400, 200]).drawText(`${name} ${page}`, { x: 20, y: 100, font })
  }
  const field = document.getForm().createTextField('field')
  field.setText(`Filled in ${name}`)
  const [first] = document.getPages()
  if (first === undefined) throw new RangeError('there has to be a page')
  field.addToPage(first, { x: 200, y: 50, width: 100, height: 20 })
  const { context, catalog } = document
  const refs = document.getPages().map(({ ref }) => ref)
  const second = refs[1] ?? first.ref
  const link = (goal: Record<string, PDFObject>) =>
    context.register(
      context.obj({ Type: 'Annot', Subtype: 'Link', Rect: [10, 10, 50, 30], ...goal }),
    )
  const last = link({ Dest: context.obj([refs.at(-1) ?? first.ref, 'Fit']) })
  const named = link({ A: context.obj({ S: 'GoTo', D: PDFString.of('chapter') }) })
  const annotations = first.node.Annots()
  for (const each of [last, named]) annotations?.push(each)
  const place = context.obj([second, 'XYZ', null, 100, null])
  catalog.set(
    PDFName.of('Names'),
    context.obj({ Dests: { Names: [PDFString.of('chapter'), place] } }),
  )
  const [root, top, inside] = [context.nextRef(), context.nextRef(), context.nextRef()]
  context.assign(
    inside,
    context.obj({
      Title: PDFString.of(`Inside ${name}`),
      Parent: top,
      Dest: PDFString.of('chapter'),
    }),
  )
  context.assign(
    top,
    context.obj({
      Title: PDFString.of(`Start of ${name}`),
      Parent: root,
      First: inside,
      Last: inside,
      Count: 1,
      Dest: [first.ref, 'Fit'],
    }),
  )
  context.assign(root, context.obj({ Type: 'Outlines', First: top, Last: top, Count: 2 }))
  catalog.set(PDFName.of('Outlines'), root)
  return Buffer.from(await document.save())
}
