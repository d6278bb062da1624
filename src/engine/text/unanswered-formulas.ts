/** Whether a cell of an XLSX has a formula without its value, which programs leave out that do not compute; a text may be empty. */
export function isUnanswered(isFormula: boolean, type: string, value: string): boolean {
  return isFormula && value === '' && type !== 'str'
}

/** Says how many formulas of a workbook were saved without their values; nothing of none. */
export function tellUnanswered(formulas: number): string[] {
  if (formulas === 0) return []
  return formulas === 1
    ? ['A formula of the document was saved without its value; its cell is empty.']
    : [
        `${formulas} formulas of the document were saved without their values; their cells are empty.`,
      ]
}
