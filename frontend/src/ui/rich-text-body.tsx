import { Button, TextInput } from "@mantine/core"
import { EditorContent, useEditor, useEditorState, type Editor } from "@tiptap/react"
import StarterKit from "@tiptap/starter-kit"
import { Bold, Heading3, Heading4, Italic, Link2, Link2Off, List, ListOrdered, Quote, Redo2, Undo2, type LucideIcon } from "lucide-react"
import { useState, type KeyboardEvent } from "react"
import { useTranslation } from "react-i18next"
import classes from "./rich-text-field.module.css"
import text from "./rich-text.module.css"

interface Props {
  labelledBy: string
  describedBy?: string
  value: string
  onChange: (html: string) => void
}

/** The editor itself, loaded only where somebody writes. It knows no more marks than the API keeps. */
export function RichTextBody({ labelledBy, describedBy, value, onChange }: Props) {
  const editor = useEditor({
    extensions: [
      StarterKit.configure({
        heading: { levels: [3, 4] },
        code: false,
        codeBlock: false,
        strike: false,
        underline: false,
        horizontalRule: false,
        link: { openOnClick: false, protocols: ["mailto"], HTMLAttributes: { rel: null, target: null } },
      }),
    ],
    content: value,
    editorProps: {
      attributes: {
        class: text.text ?? "",
        role: "textbox",
        "aria-multiline": "true",
        "aria-labelledby": labelledBy,
        ...(describedBy && { "aria-describedby": describedBy, "aria-invalid": "true" }),
      },
    },
    onUpdate: ({ editor }) => onChange(editor.isEmpty ? "" : editor.getHTML()),
  })
  return (
    <div className={classes.frame}>
      <Toolbar editor={editor} />
      <EditorContent editor={editor} className={classes.page} />
    </div>
  )
}

function Toolbar({ editor }: { editor: Editor }) {
  const { t } = useTranslation()
  const [linking, setLinking] = useState(false)
  const on = useEditorState({
    editor,
    selector: ({ editor }) => ({
      bold: editor.isActive("bold"),
      italic: editor.isActive("italic"),
      heading: editor.isActive("heading", { level: 3 }),
      subheading: editor.isActive("heading", { level: 4 }),
      bullets: editor.isActive("bulletList"),
      numbers: editor.isActive("orderedList"),
      quote: editor.isActive("blockquote"),
      link: editor.isActive("link"),
      undo: editor.can().undo(),
      redo: editor.can().redo(),
    }),
  })
  const chain = () => editor.chain().focus()
  return (
    <>
      <div className={classes.tools} role="group" aria-label={t("editor.toolbar")}>
        <Tool icon={Bold} label={t("editor.bold")} pressed={on.bold} onClick={() => chain().toggleBold().run()} />
        <Tool icon={Italic} label={t("editor.italic")} pressed={on.italic} onClick={() => chain().toggleItalic().run()} />
        <Tool icon={Heading3} label={t("editor.heading")} pressed={on.heading} onClick={() => chain().toggleHeading({ level: 3 }).run()} />
        <Tool icon={Heading4} label={t("editor.subheading")} pressed={on.subheading} onClick={() => chain().toggleHeading({ level: 4 }).run()} />
        <Tool icon={List} label={t("editor.bullets")} pressed={on.bullets} onClick={() => chain().toggleBulletList().run()} />
        <Tool icon={ListOrdered} label={t("editor.numbers")} pressed={on.numbers} onClick={() => chain().toggleOrderedList().run()} />
        <Tool icon={Quote} label={t("editor.quote")} pressed={on.quote} onClick={() => chain().toggleBlockquote().run()} />
        {on.link ? (
          <Tool icon={Link2Off} label={t("editor.unlink")} pressed onClick={() => chain().extendMarkRange("link").unsetLink().run()} />
        ) : (
          <Tool icon={Link2} label={t("editor.link")} pressed={linking} onClick={() => setLinking(!linking)} />
        )}
        <span className={classes.gap} />
        <Tool icon={Undo2} label={t("editor.undo")} disabled={!on.undo} onClick={() => chain().undo().run()} />
        <Tool icon={Redo2} label={t("editor.redo")} disabled={!on.redo} onClick={() => chain().redo().run()} />
      </div>
      {linking && <LinkLine editor={editor} onClose={() => setLinking(false)} />}
    </>
  )
}

function LinkLine({ editor, onClose }: { editor: Editor; onClose: () => void }) {
  const { t } = useTranslation()
  const [address, setAddress] = useState("https://")
  const [isWrong, setIsWrong] = useState(false)

  function put() {
    if (!/^(https?:\/\/\S+\.\S+|mailto:\S+@\S+)$/i.test(address.trim())) return setIsWrong(true)
    const href = address.trim()
    const chain = editor.chain().focus()
    if (editor.state.selection.empty) chain.insertContent({ type: "text", text: href, marks: [{ type: "link", attrs: { href } }] }).run()
    else chain.setLink({ href }).run()
    onClose()
  }

  function onKey(event: KeyboardEvent) {
    if (event.key === "Escape") onClose()
    if (event.key !== "Enter") return
    event.preventDefault() // Enter here is not the form's
    put()
  }

  return (
    <div className={classes.link}>
      <TextInput
        type="url"
        aria-label={t("editor.linkAddress")}
        ref={(input) => input?.focus()}
        value={address}
        error={isWrong && t("editor.linkWrong")}
        onChange={({ currentTarget: { value } }) => setAddress(value)}
        onKeyDown={onKey}
      />
      <Button onClick={put}>{t("editor.linkSet")}</Button>
    </div>
  )
}

interface ToolProps {
  icon: LucideIcon
  label: string
  pressed?: boolean
  disabled?: boolean
  onClick: () => void
}

function Tool({ icon: Icon, label, pressed, disabled, onClick }: ToolProps) {
  return (
    <button type="button" aria-label={label} title={label} aria-pressed={pressed} disabled={disabled} onClick={onClick}>
      <Icon size={18} aria-hidden />
    </button>
  )
}
