/** What the forms of an account check before they are sent; see `checkedBy`. */
import { markets } from "@/lib/market"
import { z } from "@/lib/zod"

export const profile = z.object({
  first_name: z.string().trim().min(1).max(80),
  last_name: z.string().trim().max(80),
  city: z.string().trim().max(80),
  phone: z.string().trim().max(32),
  market: z.enum(markets),
  language: z.enum(["ru", "kk", "ky", "en"]),
})

export const address = z.object({
  recipient: z.string().trim().min(1).max(120),
  phone: z.string().trim().min(1).max(32),
  country: z.enum(markets),
  region: z.string().trim().max(80),
  city: z.string().trim().min(1).max(80),
  street: z.string().trim().min(1).max(200),
  postal_code: z.string().trim().min(1).max(12),
  is_default: z.boolean(),
})

export const organizer = z.object({
  display_name: z.string().trim().min(1).max(120),
  city: z.string().trim().max(80),
  bio: z.string().trim().max(4000),
  instagram: z.string().trim().max(30),
})

export const signUp = z.object({
  first_name: z.string().trim().min(1).max(80),
  email: z.email().max(254),
  password: z.string().min(1).max(128),
  market: z.enum(markets),
})

export const newPassword = z.object({ new_password: z.string().min(1).max(128) })

export const signIn = z.object({ email: z.string().trim().min(1).max(254), password: z.string().min(1).max(128) })

export const passwordChange = z.object({ current_password: z.string().max(128), new_password: z.string().min(1).max(128) })

const mail = z.email().max(254)

export const email = z.object({ email: mail })

/** As people write it; which numbers there are the server knows. */
const phone = z.string().trim().min(1).max(32)
const code = z.string().regex(/^\s*(\d\s*){6}$/)

export const contact = { email, phone: z.object({ phone }) }
export const answer = z.object({ code })

const steps = {
  email,
  code: z.object({ email: mail, code }),
  password: z.object({ email: mail, password: z.string().min(1).max(128) }),
}
const named = z.object({ first_name: z.string().trim().min(1).max(80) })

/** What one step of saying who one is must hold, with a name where it is asked for; `email` may hold a phone. */
export function identity(step: keyof typeof steps, asksName: boolean, byPhone: boolean) {
  const said = byPhone ? steps[step].extend({ email: phone }) : steps[step]
  return asksName ? said.extend(named.shape) : said
}
