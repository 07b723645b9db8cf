import { expect, it } from "vitest"
import { readFileChoice } from "./file-choice"

it.each(["ru", "kk", "ky"])("cells are divided by semicolons where Excel of %s expects them", (language) => {
  expect(readFileChoice(null, language)).toEqual({ file_type: "xlsx", divider: ";", has_mark: true })
})

it("in English cells are divided by commas, and what was chosen before wins", () => {
  expect(readFileChoice(null, "en").divider).toBe(",")
  const chosen = { file_type: "csv", divider: ";", has_mark: false }
  expect(readFileChoice(chosen, "en")).toEqual(chosen)
  expect(readFileChoice({ file_type: "pdf", divider: "|", has_mark: "yes" }, "en")).toEqual(readFileChoice(null, "en"))
})
