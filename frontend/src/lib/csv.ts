import { saveFile } from "./save-file"

/**
 * Write rows as CSV for spreadsheets: a byte order mark, so that Cyrillic opens as such, and cells that would be
 * taken for a formula made plain text.
 */
export function toCsv(rows: string[][]): string {
  return `\uFEFF${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`
}

function cell(text: string): string {
  // Where cells are divided by semicolons, as Excel does in Russian, one inside a text begins another cell.
  const divided = text.replaceAll(/;(?=[\s"]*[=+\-@|%])/g, ";'")
  const safe = /^[=+\-@|%\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${divided}` : divided
  return /[",\r\n;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** Hand a text to the browser as a file of that name. */
export function download(name: string, text: string, type = "text/csv;charset=utf-8"): void {
  saveFile(new Blob([text], { type }), name)
}
