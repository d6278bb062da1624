import type { TemplateResult } from 'lit'
import { snippetsView } from '../../views/copy-as.ts'
import { exportWords } from '../export-words.ts'
import type { CopiedExport } from './copied-export.ts'
import { copyExportAsPython } from './export-python.ts'
import { copyExportAsSoap } from './export-soap.ts'

const words = exportWords.copies

/** Copies an export as what submits it. */
export function copiesView(copied: CopiedExport): TemplateResult {
  return snippetsView([
    { ...words.soap, text: (home) => copyExportAsSoap(copied, home) },
    { ...words.python, text: (home) => copyExportAsPython(copied, home) },
  ])
}
