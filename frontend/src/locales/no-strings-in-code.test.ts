import { readdirSync, readFileSync } from "node:fs"
import ts from "typescript"
import { expect, it } from "vitest"

/** Props and fields whose text a person reads or hears. */
const spoken = new Set(
  ["aria-label", "aria-description", "aria-roledescription", "aria-valuetext", "title", "placeholder", "alt", "label"].concat(
    ["description", "error", "header", "caption", "legend", "kicker", "lead", "hint", "unit", "heading", "summary"],
  ),
)
/** The same in every language. */
const allowed = /\b(Delux|Instagram|https)\b/g

const files = readdirSync("src", { recursive: true, encoding: "utf8" })
  .filter((name) => /\.tsx?$/.test(name) && !/\.test\.|(^|\/)testing[./]|^api\/schema|^app\/pages\/kit-/.test(name))
  .map((name) => `src/${name}`)

it("no sentence stands in the code: all of them are in src/locales", () => {
  expect(files.length).toBeGreaterThan(200)
  expect(files.flatMap((file) => stringsIn(readFileSync(file, "utf8"), file))).toEqual([])
})

it.each([
  ["text of an element", "<p>Sold out</p>", "Sold out"],
  ["a string as a child", '<p>{"Sold out"}</p>', "Sold out"],
  ["one of two strings", '<p>{left ? t("left") : "Sold out"}</p>', "Sold out"],
  ["a fallback", '<p>{name || "Nobody"}</p>', "Nobody"],
  ["text around a value", "<p>{`${count} left`}</p>", " left"],
  ["a prop that is read out", '<button aria-label="Close" />', "Close"],
  ["a prop in braces", '<Field label={isNew ? "New" : t("old")} />', "New"],
  ["letters that are not Latin", "<p>Билет</p>", "Билет"],
  ["a column's heading", 'const column = { key: "total", header: "Total" }', "Total"],
  ["a toast", 'notify("Saved")', "Saved"],
  ["the window's title", 'document.title = "Orders"', "Orders"],
])("finds %s", (_, code, text) => {
  expect(stringsIn(code, "example.tsx")).toEqual([`example.tsx:1: ${text}`])
})

it.each([
  '<p className="lead">{t("soldOut")} · {count} / 12</p>',
  '<Button variant="primary" type="submit" title={t("save")}>{icon === "x" ? null : t("save")}</Button>',
  "<p>Delux</p>",
  'throw new Error("No root")',
])("leaves %s", (code) => {
  expect(stringsIn(code, "example.tsx")).toEqual([])
})

function stringsIn(code: string, file: string): string[] {
  const source = ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true)
  const found: string[] = []
  visit(source)
  return found

  function visit(node: ts.Node): void {
    if (ts.isJsxText(node)) report(node, node.text)
    else if (ts.isJsxAttribute(node) && spoken.has(node.name.getText(source)) && node.initializer) read(node.initializer)
    else if (ts.isJsxExpression(node) && !ts.isJsxAttribute(node.parent)) read(node)
    else if (ts.isPropertyAssignment(node) && spoken.has(node.name.getText(source))) read(node.initializer)
    else if (ts.isCallExpression(node) && node.expression.getText(source) === "notify") node.arguments.slice(0, 1).forEach(read)
    else if (ts.isBinaryExpression(node) && node.left.getText(source) === "document.title") read(node.right)
    ts.forEachChild(node, visit)
  }

  /** The strings an expression may come to; what is compared or handed to a function is none of them. */
  function read(node: ts.Node): void {
    if (ts.isStringLiteralLike(node)) report(node, node.text)
    else if (ts.isTemplateExpression(node)) {
      report(node, node.head.text)
      for (const span of node.templateSpans) {
        report(span, span.literal.text)
        read(span.expression)
      }
    } else if (ts.isJsxExpression(node) || ts.isParenthesizedExpression(node)) {
      if (node.expression) read(node.expression)
    } else if (ts.isConditionalExpression(node)) [node.whenTrue, node.whenFalse].forEach(read)
    else if (ts.isBinaryExpression(node)) {
      if (/^([&|]{2}|\?\?|\+)$/.test(node.operatorToken.getText(source))) [node.left, node.right].forEach(read)
    }
  }

  function report(node: ts.Node, text: string): void {
    if (!/\p{L}{2}/u.test(text.replaceAll(allowed, ""))) return
    found.push(`${file}:${source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1}: ${text.replaceAll("\n", " ")}`)
  }
}
