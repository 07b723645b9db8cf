import type { FieldValues, Resolver } from "react-hook-form"
import type { z } from "./zod"

/**
 * Checks a form by a schema that comes, with its library, when the form is first sent: the library is larger than
 * most forms. If it cannot come, the server's own checks are enough.
 */
export function checkedBy<Values extends FieldValues>(
  load: (values: Values) => Promise<z.ZodType<FieldValues, FieldValues>>,
): Resolver<Values> {
  return async (values, context, options) => {
    try {
      const [{ zodResolver }, schema] = await Promise.all([import("@hookform/resolvers/zod"), load(values)])
      const check = zodResolver(schema) as unknown as Resolver<Values>
      return await check(values, context, options)
    } catch {
      return { values, errors: {} }
    }
  }
}
