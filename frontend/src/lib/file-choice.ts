/** How somebody wants a table as a file; the names are the API's. */
export interface FileChoice {
  file_type: "xlsx" | "csv"
  /** Between the cells of a CSV. Where it is a semicolon, decimals have commas. */
  divider: "," | ";"
  /** A CSV begins with a byte order mark. */
  has_mark: boolean
}

/** Make sense of a choice kept on this device; until there is one, what the language's Excel opens by itself. */
export function readFileChoice(raw: unknown, language: string): FileChoice {
  const kept: Partial<FileChoice> = typeof raw === "object" && raw !== null ? raw : {}
  return {
    file_type: kept.file_type === "csv" ? "csv" : "xlsx",
    divider: kept.divider === "," || kept.divider === ";" ? kept.divider : language === "en" ? "," : ";",
    has_mark: kept.has_mark !== false,
  }
}
