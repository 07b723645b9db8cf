import { readdirSync, readFileSync } from "node:fs"
import { parse, TYPE, type MessageFormatElement } from "@formatjs/icu-messageformat-parser"
import { describe, expect, it } from "vitest"

const languages = ["ru", "kk", "ky", "en"]
const namespaces = readdirSync("src/locales/en").toSorted()

it.each(languages)("%s has the same files as English", (language) => {
  expect(readdirSync(`src/locales/${language}`).toSorted()).toEqual(namespaces)
})

describe.each(namespaces)("%s", (file) => {
  const english = texts("en", file)

  it.each(languages)("has the same keys in %s", (language) => {
    expect(Object.keys(texts(language, file)).toSorted()).toEqual(Object.keys(english).toSorted())
  })

  it.each(languages)("is valid ICU with the same arguments in %s", (language) => {
    for (const [key, text] of Object.entries(texts(language, file))) {
      expect(text.trim(), `${key} is empty`).not.toBe("")
      expect({ key, names: argumentsOf(text) }).toEqual({ key, names: argumentsOf(english[key] ?? "") })
    }
  })
})

it.each([
  ["ru", ["one", "few", "many", "other"]],
  ["kk", ["one", "other"]],
  ["ky", ["one", "other"]],
  ["en", ["one", "other"]],
])("%s plurals name every class the language has", (language, classes) => {
  for (const file of namespaces) {
    for (const [key, text] of Object.entries(texts(language, file))) {
      for (const options of plurals(parse(text))) {
        expect({ key, classes: options.filter((name) => !name.startsWith("=")).toSorted() }).toEqual({ key, classes: classes.toSorted() })
      }
    }
  }
})

function texts(language: string, file: string): Record<string, string> {
  return flat(JSON.parse(readFileSync(`src/locales/${language}/${file}`, "utf8")) as object)
}

function flat(node: object, prefix = ""): Record<string, string> {
  return Object.fromEntries(
    Object.entries(node).flatMap(([key, value]) =>
      typeof value === "string" ? [[prefix + key, value]] : Object.entries(flat(value as object, `${prefix}${key}.`)),
    ),
  )
}

function argumentsOf(text: string): string[] {
  const names = new Set<string>()
  walk(parse(text), (element) => {
    if (element.type !== TYPE.literal && element.type !== TYPE.pound) names.add(element.value)
  })
  return [...names].toSorted()
}

function plurals(message: MessageFormatElement[]): string[][] {
  const found: string[][] = []
  walk(message, (element) => {
    if (element.type === TYPE.plural) found.push(Object.keys(element.options))
  })
  return found
}

function walk(message: MessageFormatElement[], visit: (element: MessageFormatElement) => void): void {
  for (const element of message) {
    visit(element)
    if ("options" in element) for (const option of Object.values(element.options)) walk(option.value, visit)
    if ("children" in element) walk(element.children, visit)
  }
}
