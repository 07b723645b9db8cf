import type { FieldPath, FieldValues, UseFormReturn } from "react-hook-form"
import { CircleAlert } from "lucide-react"
import { ApiError } from "@/api/errors"
import { useErrorText } from "./use-error-text"
import classes from "./form.module.css"

/** Bind a Mantine input to a form: `<TextInput label={…} {...field(form, "email")} />`. */
export function field<T extends FieldValues>(form: UseFormReturn<T>, name: FieldPath<T>) {
  const { error } = form.getFieldState(name, form.formState)
  return { ...form.register(name), error: error?.message }
}

/** What is wrong with the whole form, said at once; nothing while all is well. */
export function FormProblem({ error }: { error: unknown }) {
  if (error === null || error === undefined) return null
  return <Problem error={error} />
}

function Problem({ error }: { error: unknown }) {
  const { title, text } = useErrorText(error)
  const status = error instanceof ApiError ? error.status : 0
  const isRefused = status >= 400 && status < 500 && status !== 429
  return (
    <div role="alert" className={classes.problem}>
      <CircleAlert size={20} aria-hidden />
      <p>
        {!isRefused && `${title}. `}
        <span role={status === 429 ? "timer" : undefined}>{text}</span>
      </p>
    </div>
  )
}
