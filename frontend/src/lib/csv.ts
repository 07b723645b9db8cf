import type { FileChoice } from "./file-choice"
import { saveFile } from "./save-file"

type Form = Pick<FileChoice, "divider" | "has_mark">

/**
 * Write rows as CSV for spreadsheets; cells that would be taken for a formula are made plain text. With semicolons
 * decimals have commas, as the spreadsheets that divide cells so read them.
 */
export function toCsv(rows: string[][], { divider, has_mark }: Form = { divider: ",", has_mark: true }): string {
  return `${has_mark ? "\uFEFF" : ""}${rows.map((row) => row.map((text) => cell(text, divider)).join(divider)).join("\r\n")}\r\n`
}

function cell(text: string, divider: string): string {
  if (/^-?\d+(\.\d+)?$/.test(text)) return divider === ";" ? text.replace(".", ",") : text
  // Where cells are divided by semicolons, as Excel does in Russian, one inside a text begins another cell.
  const divided = text.replaceAll(/;(?=[\s"]*[=+\-@|%])/g, ";'")
  const safe = /^[=+\-@|%\t\r]/.test(text) ? `'${divided}` : divided
  return /[",\r\n;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** Hand a text to the browser as a file of that name. */
export function download(name: string, text: string, type = "text/csv;charset=utf-8"): void {
  saveFile(new Blob([text], { type }), name)
}
