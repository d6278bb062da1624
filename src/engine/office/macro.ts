import type { OfficeFilter } from './filters.ts'
import type { PdfExport } from './pdf-export.ts'

/** What LibreOffice is to do: open a file, and write another one. */
export interface OfficeTask {
  /** `file:` URLs, as LibreOffice sees the files. */
  readonly sourceUrl: string
  readonly targetUrl: string
  /** Where it writes a line for each step that is done, as a path. */
  readonly reportPath: string
  readonly reading: OfficeFilter
  readonly writing: OfficeFilter
  readonly password: string | undefined
  readonly pdf: PdfExport | undefined
  /** Whether it reports how many pages there are, of what knows that before it is written; else there are 0. */
  readonly countsPages: boolean
  /** Whether all columns of a sheet come onto one page. */
  readonly fitsWidth: boolean
  /** Whether a text is as if everybody had agreed to what has been changed in it. */
  readonly hidesChanges: boolean
}

/** The steps that are reported, in their order. */
export const STEPS = { opened: 'opened', written: 'written' } as const

/**
 * The program in LibreOffice's Basic that does a task. The command line has no word for a password, which would be there
 * for all to see, tells of no step that failed, and has documents run their macros and fetch what they link. Nothing of a
 * document ever becomes a part of this program, and each text of a request is written as the numbers of its letters.
 */
export function writeMacro(task: OfficeTask): string {
  const { reading, writing, password, pdf } = task
  const opening = [
    property('Hidden', true),
    property('ReadOnly', true),
    property('FilterName', reading.name),
    ...(reading.options === undefined ? [] : [property('FilterOptions', reading.options)]),
    ...(password === undefined ? [] : [property('Password', password)]),
    // NEVER_EXECUTE, NO_UPDATE
    property('MacroExecutionMode', 0),
    property('UpdateDocMode', 0),
  ]
  const storing = [
    property('FilterName', writing.name),
    property('Overwrite', true),
    ...(writing.options === undefined ? [] : [property('FilterOptions', writing.options)]),
    ...(pdf === undefined ? [] : [`OfProperty("FilterData", ${listOf(toProperties(pdf))})`]),
  ]
  return `Option Explicit

Function OfProperty(name As String, value As Variant) As Variant
  Dim made As New com.sun.star.beans.PropertyValue
  made.Name = name
  made.Value = value
  OfProperty = made
End Function

Sub Report(line As String)
  Dim file As Integer
  file = FreeFile
  Open ${quote(task.reportPath)} For Append As #file
  Print #file, line
  Close #file
End Sub

Function PagesOf(document As Object) As Long
  On Error Resume Next
  PagesOf = 0
  PagesOf = document.DrawPages.Count
  PagesOf = document.CurrentController.PageCount
End Function

Sub FitWidth(document As Object)
  Dim styles As Object
  Dim index As Integer
  styles = document.StyleFamilies.getByName("PageStyles")
  For index = 0 To styles.Count - 1
    styles.getByIndex(index).ScaleToPagesX = 1
    styles.getByIndex(index).ScaleToPagesY = 0
  Next index
End Sub

Sub HideChanges(document As Object)
  On Error Resume Next
  document.RedlineDisplayType = com.sun.star.document.RedlineDisplayType.INSERTED
End Sub

Sub Main
  Dim document As Object
  On Error GoTo Failed
  document = StarDesktop.loadComponentFromURL(${quote(task.sourceUrl)}, "_blank", 0, ${listOf(opening)})
  If IsNull(document) Then GoTo Done
  Report(${quote(STEPS.opened)})
${task.hidesChanges ? '  HideChanges(document)\n' : ''}${task.countsPages ? '  Report("pages " & PagesOf(document))\n' : ''}${task.fitsWidth ? '  FitWidth(document)\n' : ''}  document.storeToURL(${quote(task.targetUrl)}, ${listOf(storing)})
  Report(${quote(STEPS.written)})
  GoTo Done
Failed:
  Report("error " & Err & " " & Error$)
Done:
  StarDesktop.terminate()
End Sub
`
}

function toProperties(values: Readonly<Record<string, string | number | boolean>>): string[] {
  return Object.entries(values).map(([name, value]) => property(name, value))
}

function property(name: string, value: string | number | boolean): string {
  return `OfProperty(${quote(name)}, ${typeof value === 'string' ? quote(value) : toBasic(value)})`
}

function toBasic(value: number | boolean): string {
  if (typeof value === 'number') return String(value)
  return value ? 'True' : 'False'
}

/** An array, on one line as Basic wants it. */
function listOf(items: readonly string[]): string {
  return `Array(${items.join(', ')})`
}

/** A text as Basic has it: what is more than a plain letter becomes its number in UTF-16. */
export function quote(text: string): string {
  const pieces = text.match(/[\w .:/-]+|[^\w .:/-]/g) ?? ['']
  return pieces
    .map((piece) => (/^[\w .:/-]*$/.test(piece) ? `"${piece}"` : `Chr(${piece.charCodeAt(0)})`))
    .join(' & ')
}
