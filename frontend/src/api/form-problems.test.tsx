import { TextInput } from "@mantine/core"
import { screen } from "@testing-library/react"
import { useState } from "react"
import { useForm } from "react-hook-form"
import { expect, it } from "vitest"
import { render } from "@/testing/render"
import { field, FormProblem } from "@/ui/form"
import { ApiError } from "./errors"
import { showOnForm } from "./form-problems"

const fieldProblem = (pointer: string, detail: string) => ({ pointer, code: "invalid", detail })

function Form({ error }: { error: ApiError }) {
  const form = useForm({ defaultValues: { email: "", shipping_address: { city: "" } } })
  const [rest, setRest] = useState<unknown>(null)
  return (
    <form onSubmit={form.handleSubmit(() => setRest(showOnForm(error, form)))}>
      <FormProblem error={rest} />
      <TextInput label="E-mail" {...field(form, "email")} />
      <TextInput label="City" {...field(form, "shipping_address.city")} />
      <button type="submit">Send</button>
    </form>
  )
}

it("puts each problem on its field and focuses the first", async () => {
  const errors = [fieldProblem("/shipping_address/city", "Unknown city"), fieldProblem("/email", "Already used")]
  const { user } = render(<Form error={new ApiError(400, { detail: "Check the fields", errors })} />)

  await user.click(screen.getByRole("button", { name: "Send" }))

  expect(await screen.findByLabelText("City")).toHaveAccessibleDescription("Unknown city")
  expect(screen.getByLabelText("E-mail")).toHaveAccessibleDescription("Already used")
  expect(screen.getByLabelText("City")).toHaveFocus()
  expect(screen.queryByRole("alert")).not.toBeInTheDocument()
})

it("shows on the form what has no field of its own", async () => {
  const errors = [fieldProblem("/captcha", "Missing")]
  const { user } = render(<Form error={new ApiError(400, { detail: "The captcha is missing", errors })} />)

  await user.click(screen.getByRole("button", { name: "Send" }))

  expect(await screen.findByRole("alert")).toHaveTextContent("The captcha is missing")
})
