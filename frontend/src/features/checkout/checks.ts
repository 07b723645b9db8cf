import { z } from "@/lib/zod"

export const address = z.object({
  recipient: z.string().trim().min(1).max(120),
  phone: z.string().trim().min(1).max(32),
  region: z.string().trim().max(80),
  city: z.string().trim().min(1).max(80),
  street: z.string().trim().min(1).max(200),
  postal_code: z.string().trim().min(1).max(12),
  comment: z.string().trim().max(300),
})

export interface CheckoutValues {
  delivery_type: "none" | "pickup" | "delivery"
  shipping_address: z.infer<typeof address>
}

const delivered = z.object({ delivery_type: z.literal("delivery"), shipping_address: address })
const unaddressed = z.object({ delivery_type: z.enum(["none", "pickup"]), shipping_address: z.looseObject({}) })

/** By the choice made, as the address of somebody who comes for their shoes is nobody's business. */
export const checkout = (delivery: CheckoutValues["delivery_type"]) => (delivery === "delivery" ? delivered : unaddressed)
