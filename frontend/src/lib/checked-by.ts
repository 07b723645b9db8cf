import type { FieldValues, Resolver } from "react-hook-form"
import type { z } from "./zod"

/**
 * Checks a form by a schema that comes, with its library, when the form is first sent: the library is larger than
 * most forms. If it cannot come, the server's own checks are enough.
 */
export function checkedBy<Values extends FieldValues>(
  load: () => Promise<z.ZodType<FieldValues, Values>>,
): Resolver<Values> {
  return async (values, context, options) => {
    try {
      const [{ zodResolver }, schema] = await Promise.all([import("@hookform/resolvers/zod"), load()])
      return (zodResolver(schema as z.ZodType<Values, Values>) as Resolver<Values>)(values, context, options)
    } catch {
      return { values, errors: {} }
    }
  }
}
